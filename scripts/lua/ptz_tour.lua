---@script ptz_tour
---@about  Moves the picture slowly from one named region to the next and rests at each, until somebody asks for one of them.
---@needs  control geometry.roi
---@param  regions text     "all 0,0,1,1; left 0,0.2,0.5,0.5; right 0.5,0.2,0.5,0.5" "names with x, y, width, height in parts of the picture"
---@param  travel  duration 4s  "how long the way from one region to the next takes" 0.1..600
---@param  hold    duration 10s "how long it rests at each" 0..86400
---@param  pause   duration 10m "a pause that nobody ends is over after this; 0 lasts until somebody does" 0..86400

-- Other scripts and sessions steer it: emit("ptz.hold") lets it rest where it is or arrives, emit("ptz.go", { region = "door" }) takes it
-- to a region to stay there, emit("ptz.go") lets the tour go on.

local function read_region(text)
  local name, numbers = text:match("^%s*([%w_-]+)%s+([%d%.,%s]+)$")
  if not name then return nil, "it takes a name and four numbers, such as 'door 0.1,0.2,0.4,0.4'" end
  local region = { name = name }
  for number in numbers:gmatch("[%d%.]+") do region[#region + 1] = tonumber(number) end
  local x, y, width, height = table.unpack(region)
  if #region ~= 4 then return nil, "it takes four numbers, got " .. #region end
  if width <= 0 or height <= 0 or x + width > 1.000001 or y + height > 1.000001 then
    return nil, "the region must lie inside the picture, which goes from 0 to 1"
  end
  return region
end

local regions, numbers, problem = {}, {}, nil
for text in script.args.regions:gmatch("[^;]+") do
  local region, wrong = read_region(text)
  if region and numbers[region.name] then region, wrong = nil, "the name is there twice" end
  if not region then
    problem = ("region %d, '%s': %s"):format(#regions + 1, text:match("^%s*(.-)%s*$"), wrong)
    break
  end
  regions[#regions + 1] = region
  numbers[region.name] = #regions
end

function selftest()
  if problem then return false, problem end
  if #regions == 0 then return false, "'regions' names no region" end
  return true
end

local is_paused, timer

local function go_to(number)
  if timer then timer:cancel() end
  persist.region = number
  local region = regions[number]
  -- Whoever zooms by hand meanwhile ends the way and is left alone until the next turn.
  camera:ramp { ["geometry.roi"] = { table.unpack(region, 1, 4) }, over = script.args.travel }
  timer = after(script.args.travel, function()
    emit("ptz.arrived", { region = region.name })
    timer = after(script.args.hold, function()
      if not is_paused then go_to(number % #regions + 1) end
    end)
  end)
end

local function go_on()
  if not is_paused then return end
  is_paused:cancel()
  is_paused = nil
  log.info("the tour goes on")
  go_to((persist.region or 0) % #regions + 1)
end

local function pause()
  if is_paused then is_paused:cancel() end
  -- Without an end, a timer that is far away stands for the pause.
  is_paused = after(script.args.pause > 0 and script.args.pause or 86400 * 365, go_on)
end

on("ptz.hold", function()
  pause()
  log.info("the tour rests")
end)

on("ptz.go", function(event)
  local number = numbers[event.region]
  if event.region == nil then return go_on() end
  if not number then return log.warn("there is no region '" .. tostring(event.region) .. "'") end
  pause()
  log.info("asked to " .. event.region)
  go_to(number)
end)

-- After a restart it goes on with the region after the last one.
if #regions > 0 and not problem then go_to((persist.region or 0) % #regions + 1) end
