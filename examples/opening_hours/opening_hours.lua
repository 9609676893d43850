---@script opening_hours
---@about  Full frame rate while the workshop is open, a frugal stream for the rest of the time.
---@needs  control stream.*
---@param  open   text    "08:00" "when it opens, on working days"
---@param  close  text    "18:00" "when it closes"
---@param  fps    number  5       fps "frame rate while it is closed" 1..60
---@param  kbit   integer 800     "kilobits a second while it is closed" 100..50000

profile.define("closed", {
  ["stream.framerate"] = script.args.fps,
  ["stream.bitrate"] = script.args.kbit * 1000,
})

local function minutes(text)
  local hour, minute = text:match("^(%d%d?):(%d%d)$")
  return hour and hour * 60 + minute
end

local function is_open()
  local now = os.date("*t")
  local minute = now.hour * 60 + now.min
  local is_working_day = now.wday >= 2 and now.wday <= 6
  return is_working_day and minute >= minutes(script.args.open) and minute < minutes(script.args.close)
end

local function follow()
  if is_open() then profile.pop("closed") else profile.push("closed") end
end

at(script.args.open, follow)
at(script.args.close, follow)
on("clock.stepped", follow)
if clock.trusted() then follow() end
