---@script light_log
---@about  Keeps the brightest and the darkest moment of each day, and sends the readings to a time series database.
---@needs  http
---@param  url     text    ""  "an InfluxDB write address; empty for none"
---@param  minutes integer 5   "a reading every so many minutes of the hour" 1..30
---@param  days    integer 30  "days to keep" 1..365

local function send(lux)
  if script.args.url == "" then return end
  local line = ("light lux=%s,gain=%s %d000000000"):format(lux, camera.frame.gain or 1, math.floor(clock.now()))
  local reply, problem = http.post(script.args.url, { body = line, timeout = "10s" })
  if not reply or reply.status >= 300 then log.warn("not sent", { problem = tostring(problem or reply.status) }) end
end

local function forget(days)
  local names = {}
  for day in pairs(days) do names[#names + 1] = day end
  table.sort(names)
  for i = 1, #names - script.args.days do days[names[i]] = nil end
end

cron("*/" .. script.args.minutes .. " * * * *", function()
  local lux = camera.frame.lux
  if not lux then return end
  local days = persist.days or {}
  local day, now = os.date("%Y-%m-%d"), os.date("%H:%M")
  local entry = days[day] or { darkest = lux, brightest = lux, darkest_at = now, brightest_at = now }
  if lux < entry.darkest then entry.darkest, entry.darkest_at = lux, now end
  if lux > entry.brightest then entry.brightest, entry.brightest_at = lux, now end
  days[day] = entry
  forget(days)
  persist.days = days
  send(lux)
end)
