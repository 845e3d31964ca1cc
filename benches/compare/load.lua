-- What wrk sends and how it reports. With QUERIES set, each request is one that was never sent before:
-- the file holds lines `template PATH`, `value WORD` and `bounds FIRST STEP COUNT`, and request n is made
-- of them as `queries.py` does, from QUERIES_FROM on.
local list = os.getenv("QUERIES")

if list then
   local templates, values = {}, {}
   local first, step, count
   for line in io.lines(list) do
      local kind, rest = line:match("^(%S+) (.+)$")
      if kind == "template" then
         -- Cut at the placeholders once, so that a request costs no pattern.
         local parts = {}
         for part, name in (rest .. "{}"):gmatch("(.-){(%a*)}") do
            parts[#parts + 1] = part
            parts[#parts + 1] = name
         end
         templates[#templates + 1] = parts
      elseif kind == "value" then
         values[#values + 1] = rest
      else
         first, step, count = rest:match("(%d+) (%d+) (%d+)")
      end
   end
   local n = tonumber(os.getenv("QUERIES_FROM"))

   function request()
      local parts = templates[n % #templates + 1]
      local value = values[math.floor(n / #templates) % #values + 1]
      local bound = string.format("%d", first + (n * step) % count)
      n = n + 1
      local path = {}
      for i = 1, #parts, 2 do
         path[i] = parts[i]
         local name = parts[i + 1]
         path[i + 1] = name == "value" and value or name == "bound" and bound or ""
      end
      return wrk.format("GET", table.concat(path))
   end
end

function done(summary, latency)
   local errors = summary.errors
   io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration,
      latency:percentile(50), latency:percentile(99), errors.status,
      errors.connect + errors.read + errors.write + errors.timeout))
end
