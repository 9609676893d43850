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

local function switch(to_night)
  -- A fade of a minute instead of a jump in the middle of the picture.
  if to_night then profile.push("night", { over = "1m" }) else profile.pop("night", { over = "1m" }) end
  tell(to_night and "night settings are on" or "day settings are on")
end

sun.on("civil_dusk", function() switch(true) end, { offset = -script.args.offset })
sun.on("civil_dawn", function() switch(false) end, { offset = script.args.offset })

-- What was missed while nothing ran: civil twilight ends at 6 degrees below the horizon.
local elevation = sun.elevation()
if elevation and elevation < -6 then profile.push("night") end
