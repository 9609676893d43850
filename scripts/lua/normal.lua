---@script normal
---@about  Back to daylight: automatic exposure at a fixed frame rate.
---@needs  control exposure.* image.* stream.framerate
---@param  fps number 0 fps "frame rate to return to; 0 keeps the stream's" 0..240

local values = {
  ["exposure.auto"] = true,
  ["exposure.mode"] = "normal",
  ["exposure.constraint"] = "normal",
  ["exposure.value"] = 0,
  ["exposure.min_time"] = 100,
  -- 0 leaves the longest exposure to the frame rate; a limit of its own would let the sensor run as fast as it can.
  ["exposure.max_time"] = 0,
  ["image.noise_reduction"] = "fast",
}
if script.args.fps > 0 then values["stream.framerate"] = script.args.fps end

local outcome, problem = camera:apply(values):await("5s")

if not outcome then
  log.warn("normal was sent, but not seen in a frame yet: " .. problem)
  return
end
for key, result in pairs(outcome) do
  if result.state ~= "applied" then log.warn(key .. " is " .. result.state, result) end
end
log.info("normal is on")
