---@script sun_switch
---@about  Night settings from civil dusk to civil dawn, and a message for each switch.
---@needs  control exposure.* image.* ; http
---@param  url    text     ""  "where messages go, such as https://ntfy.sh/my-garden; empty for none"
---@param  offset duration 15m "how much before dusk and after dawn the night begins and ends" 0..7200

profile.define("night", {
  ["exposure.mode"] = "long",
  ["exposure.constraint"] = "shadows",
  ["exposure.value"] = 1.5,
  ["image.noise_reduction"] = "high_quality",
})

local function tell(message)
  log.info(message)
  if script.args.url == "" then return end
  local reply, problem = http.post(script.args.url, { body = message, timeout = "10s" })
  if not reply then
    log.warn("nobody was told", { problem = tostring(problem) })
  elseif reply.status >= 300 then
    log.warn("the message was refused", { status = reply.status })
  end
end

local is_night = false

local function switch(to_night)
  if is_night == to_night then return end
  is_night = to_night
  -- A fade of a minute instead of a jump in the middle of the picture.
  if to_night then profile.push("night", { over = "1m" }) else profile.pop("night", { over = "1m" }) end
  tell(to_night and "night settings are on" or "day settings are on")
end

-- It is night when the end of a night comes before the next one begins. For a start in the dark, and for a clock that is set late.
local function follow()
  if not clock.trusted() then return end
  local now, offset = clock.now(), script.args.offset
  local begins = sun.next("civil_dusk", now + offset) - offset
  local ends = sun.next("civil_dawn", now - offset) + offset
  switch(ends < begins)
end

sun.on("civil_dusk", function() switch(true) end, { offset = -script.args.offset })
sun.on("civil_dawn", function() switch(false) end, { offset = script.args.offset })
on("clock.stepped", follow)
follow()
