---@script naive_switch
---@about  How not to do it: one threshold and no pause. Kept to be compared with day_night.
---@needs  control exposure.*
---@param  threshold number 10 lux "below this it is night" 0..1000

profile.define("night", { ["exposure.mode"] = "long", ["exposure.value"] = 1.5 })

local is_night = false

every("1s", function()
  local lux = camera.frame.lux
  if not lux or (lux < script.args.threshold) == is_night then return end
  is_night = not is_night
  if is_night then profile.push("night") else profile.pop("night") end
end)
