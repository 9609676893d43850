---@script stream_alarm
---@about  Tells a webhook when the stream or the camera is down for longer than a while, and when it is back.
---@needs  http
---@restart
---@param  url   text     "http://127.0.0.1:9/" "where messages go"
---@param  after duration 30s "how long it must be down" 0..3600

local function tell(what, reason)
  -- What is in trouble may be the network: three tries, further and further apart.
  for try = 1, 3 do
    local reply, problem = http.post(script.args.url, { json = { what = what, reason = reason, time = clock.now() }, timeout = "10s" })
    if reply and reply.status < 300 then return end
    log.warn("not told", { what = what, try = try, problem = tostring(problem or reply.status) })
    sleep(10 * try)
  end
end

local function watch(name, down, up)
  local pending, told
  on(down, function(event)
    if pending or told then return end
    pending = after(script.args.after, function()
      pending, told = nil, true
      tell(name .. " is down", event.reason)
    end)
  end)
  on(up, function()
    if pending then pending:cancel() end
    pending = nil
    if told then
      told = nil
      tell(name .. " is back")
    end
  end)
end

watch("stream", "stream.down", "stream.up")
watch("camera", "camera.lost", "camera.found")
