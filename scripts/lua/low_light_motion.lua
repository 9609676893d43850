---@script low_light_motion
---@about  Dark scenes with things that move: a fixed exposure time keeps the frame rate, gain brings the light.
---@needs  control exposure.* image.*
---@param  time_us integer 33333 us "exposure time" 1..240000000
---@param  gain    number  12    x  "sensor gain" 1..64

-- The exposure mode and the limits of automatic exposure are set too: what low_light left there would come back with it.
local outcome, problem = camera:apply{
  ["exposure.auto"] = false,
  ["exposure.time"] = script.args.time_us,
  ["exposure.gain"] = script.args.gain,
  ["exposure.mode"] = "normal",
  ["exposure.constraint"] = "shadows",
  ["exposure.value"] = 1,
  ["exposure.min_time"] = 100,
  ["exposure.max_time"] = 0,
  ["image.noise_reduction"] = "high_quality",
}:await("5s")

if not outcome then
  log.warn("low light with motion was sent, but not seen in a frame yet: " .. problem)
  return
end
for key, result in pairs(outcome) do
  -- What only counts while exposure is automatic has no effect now, as intended.
  local is_waiting = (result.reason or ""):find("has no effect", 1, true)
  if result.state ~= "applied" and not is_waiting then log.warn(key .. " is " .. result.state, result) end
end
log.info("low light with motion is on", { time_us = script.args.time_us, gain = script.args.gain })
