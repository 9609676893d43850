---@script low_light
---@about  Bright, clean pictures of a dark scene that stands still: exposures up to a second, which lowers the frame rate.
---@needs  control exposure.* image.*
---@param  ev number 1.5 stops "how much brighter than usual" -8..8

-- The values stay until this script is stopped, or run again with others.
local outcome, problem = camera:apply{
  ["exposure.auto"] = true,
  ["exposure.mode"] = "long",
  ["exposure.constraint"] = "shadows",
  ["exposure.value"] = script.args.ev,
  ["exposure.min_time"] = 100,
  ["exposure.max_time"] = "1s",
  ["image.noise_reduction"] = "high_quality",
}:await("5s")

if not outcome then
  log.warn("low light was sent, but not seen in a frame yet: " .. problem)
  return
end
for key, result in pairs(outcome) do
  if result.state ~= "applied" then log.warn(key .. " is " .. result.state, result) end
end
log.info("low light is on", { ev = script.args.ev })
