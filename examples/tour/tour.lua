---@script tour
---@about  Pans slowly from region to region of the picture and rests at each: a camera on a motor, without the motor.
---@needs  control geometry.roi
---@param  move duration 4s  "how long it takes from one region to the next" 1..600
---@param  rest duration 10s "how long it rests" 0..3600

-- Each as x, y, width and height, in fractions of the whole picture.
local regions = {
  { name = "all", 0, 0, 1, 1 },
  { name = "gate", 0, 0.25, 0.5, 0.5 },
  { name = "door", 0.25, 0.4, 0.4, 0.4 },
  { name = "trees", 0.5, 0, 0.5, 0.5 },
}

local function go_on()
  local number = (persist.region or 0) % #regions + 1
  persist.region = number
  local region = regions[number]
  -- Whoever sets the region by hand meanwhile ends the ramp and is left alone until the next turn.
  camera:ramp{ ["geometry.roi"] = { table.unpack(region) }, over = script.args.move }:await()
  emit("tour.arrived", { name = region.name })
end

go_on()
every(script.args.move + script.args.rest, go_on)
