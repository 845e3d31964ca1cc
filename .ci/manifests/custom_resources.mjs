// Holds custom resources, a JSON list on standard input, against the schemas of who defines them.
import { readFileSync } from "node:fs";
import { HTTPRoute } from "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute";
import { HealthCheckPolicy } from "@kubernetes-models/gke/networking.gke.io/v1/HealthCheckPolicy";
import { PrometheusRule } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule";
import { ServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";

const known = new Map(
  Object.entries({
    "gateway.networking.k8s.io/v1 HTTPRoute": HTTPRoute,
    "monitoring.coreos.com/v1 PrometheusRule": PrometheusRule,
    "monitoring.coreos.com/v1 ServiceMonitor": ServiceMonitor,
    "networking.gke.io/v1 HealthCheckPolicy": HealthCheckPolicy,
  }),
);

for (const resource of JSON.parse(readFileSync(0, "utf8"))) {
  const kind = `${resource.apiVersion} ${resource.kind}`;
  const Model = known.get(kind);
  if (!Model) throw new Error(`no schema is known of ${kind}`);
  new Model(resource).validate();
}
