---@script dawn_to_dusk_ramp
---@about  Brighter pictures the deeper the sun is, without a step: exposure compensation follows the sun's elevation.
---@needs  control exposure.value
---@param  day   number 0   stops "compensation while the sun is up" -8..8
---@param  night number 1.5 stops "compensation in the night" -8..8

-- From sunset (0 degrees) to the end of nautical twilight (12 below) the way is even.
local function wanted()
  local elevation = sun.elevation()
  if not elevation then return nil end
  local depth = math.max(0, math.min(1, -elevation / 12))
  return script.args.day + depth * (script.args.night - script.args.day)
end

local function follow()
  local value = wanted()
  if not value or value == camera.exposure.value then return end
  camera:ramp{ ["exposure.value"] = value, over = "1m" }
end

local first = wanted()
if first then camera.exposure.value = first end
every("1m", follow)
