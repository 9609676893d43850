---@script hold_exposure
---@about  Keeps one exposure and says what became of each value and which frame proves it.
---@param  time_us number 20000 us "exposure time" 100..1000000
---@param  gain    number 2     x  "sensor gain"   1..16

local change = camera:apply{
  ["exposure.auto"] = false,
  ["exposure.time"] = script.args.time_us,
  ["exposure.gain"] = script.args.gain,
}

local outcome, problem = change:await("5s")
if not outcome then
  log.error("nothing was proved", { problem = tostring(problem) })
  return
end

for key, o in pairs(outcome) do
  log.info(key .. " " .. o.state, { asked = o.asked, applied = o.applied, frame = o.frame, reason = o.reason })
end
