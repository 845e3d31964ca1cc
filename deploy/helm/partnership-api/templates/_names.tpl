{{- define "partnership-api.name" -}}
{{- .Values.name | default .Chart.Name | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- /* What selects the pods. It cannot be changed once it is there, so the version is no part of it. */}}
{{- define "partnership-api.selector" -}}
app.kubernetes.io/name: {{ include "partnership-api.name" . }}
{{- end }}

{{- define "partnership-api.labels" -}}
{{- merge (dict "app.kubernetes.io/name" (include "partnership-api.name" .)) .Values.labels | toYaml }}
{{- end }}

{{- define "partnership-api.image" -}}
{{- with .Values.image.digest -}}
{{ $.Values.image.repository }}@{{ . }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}
{{- end }}

{{- /* The path of the public address: what gateways match. */}}
{{- define "partnership-api.path" -}}
{{- regexReplaceAll "^https?://[^/]*" .Values.publicUrl "" | trimSuffix "/" | default "/" }}
{{- end }}

{{- /* The paths that lead here: the prefix, and what clients ask at the root of every host. */}}
{{- define "partnership-api.paths" -}}
{{- $path := include "partnership-api.path" . -}}
- {type: Prefix, value: {{ $path | quote }}}
{{- if ne $path "/" }}
- {type: Exact, value: /robots.txt}
- {type: Exact, value: /favicon.ico}
- {type: Prefix, value: /.well-known}
{{- end }}
{{- end }}
