---@script day_night
---@about  Pushes the profile `night` when it gets dark and pops it when it is bright again: by light, by the sun or by the clock.
---@needs  control exposure.* image.*
---@param  mode       choice   lux   "what decides; sun and schedule go by the light until the clock is set" lux|sun|schedule
---@param  dark       number   5     lux "below this it is night" 0..1000000
---@param  bright     number   12    lux "above this it is day" 0..1000000
---@param  samples    integer  8     "so many readings in a row have to agree; one is the darkest second of 15" 1..1000
---@param  patience   duration 12m   "how long it has to be just below `dark`: longer than a cloud lasts" 0..86400
---@param  dwell      duration 60s   "shortest time between two switches" 0..86400
---@param  offset     duration 0s    "by the sun: night begins so much before civil dusk and ends so much after civil dawn" -7200..7200
---@param  night_from text     22:00 "by schedule: when night begins"
---@param  night_to   text     06:00 "by schedule: when it ends"
---@param  fade       duration 20s   "how long the picture takes to change" 0..3600
---@param  ev         number   1.5   stops "how much brighter than usual night pictures are" -8..8

local args = script.args

profile.define("night", {
  ["exposure.auto"] = true,
  ["exposure.mode"] = "long",
  ["exposure.constraint"] = "shadows",
  ["exposure.value"] = args.ev,
  ["exposure.max_time"] = "1s",
  ["image.noise_reduction"] = "high_quality",
})

-- Seconds are counted, not read: the wall clock may jump. A reading is made of so many, more than the headlights of a car take to pass.
local reading_seconds = 15
-- A cloud takes at most three quarters of the light; what lasts for so many readings is none.
local cloud, patience = 4, math.max(args.samples, math.ceil(args.patience / reading_seconds))
-- For so many readings after a switch the camera settles, and learns what its own lamp adds, which is not more than this.
local learning, strongest_lamp = 4, 500

-- `persist` is written when something changes; what is needed more often is kept here.
local is_night, own_light = persist.is_night, persist.own_light or 0
local since_switch, readings_since, light_before, is_learning = math.huge, math.huge, 0, false
-- For how many readings the light has been beyond the threshold, and so far below it that no cloud explains it.
local beyond, far_below = 0, 0

-- Learns what the camera's own lamp adds to the light. The lamp comes and goes with the profile, and daylight does not jump: what a night
-- has a minute after it began and did not have before is our own, and so is what a day has lost a minute after. Dawn is what comes on top
-- of it. The most counts, since a picture that is still too bright measures too little. Where that was a car or a cloud, it is found out
-- later: no night is darker than our own lamp, so a night that stays below what was learnt lowers it, to the brightest it was meanwhile.
local fainter, brightest = 0, 0

local function learn(reading, light)
  readings_since = readings_since + 1
  if readings_since == 1 then return end
  local learnt = own_light
  if is_learning then
    local difference = is_night and reading - light_before or light_before - reading
    learnt = math.max(own_light, math.min(difference, strongest_lamp))
    -- It goes on for as long as exposure is still on its way.
    is_learning = readings_since < learning or is_night and learnt > own_light * 1.05
  elseif not is_night or light >= own_light then
    fainter, brightest = 0, 0
  else
    fainter, brightest = fainter + 1, math.max(brightest, light)
    if fainter >= patience then learnt, fainter, brightest = brightest, 0, 0 end
  end
  if learnt ~= own_light then own_light, persist.own_light = learnt, learnt end
end

-- What the light says: true for night, false for day, nil for no change. A cloud may make dusk of a bright evening, so darkness has to
-- last; nothing makes day of a night for longer than traffic does.
local function by_light(light)
  if is_night then
    -- A tenth of the lamp is left to its warming up, to fog and to noise.
    beyond = light - own_light * 1.1 > args.bright and beyond + 1 or 0
    if beyond >= args.samples then return false end
  else
    beyond = light < args.dark and beyond + 1 or 0
    far_below = light < args.dark / cloud and far_below + 1 or 0
    -- At the very first start the first reading decides.
    if is_night == nil then return beyond > 0 end
    if far_below >= args.samples or beyond >= patience then return true end
  end
end

local function time_of_day(text)
  local hour, minute = text:match("^(%d%d?):(%d%d)$")
  if hour and tonumber(hour) < 24 and tonumber(minute) < 60 then return ("%02d:%s"):format(hour, minute) end
end

local from, to = time_of_day(args.night_from), time_of_day(args.night_to)
local has_place = pcall(sun.elevation)

-- What the clock says: true for night, false for day, nil when the light decides.
local function by_clock()
  if args.mode == "lux" or not clock.trusted() then return nil end
  if args.mode == "schedule" then
    local now = os.date("%H:%M")
    if from < to then return from <= now and now < to end
    return from <= now or now < to
  end
  if not has_place then return nil end
  -- Night is when the sun is six degrees down, so much sooner and later: in polar days and nights too, which have no dusk and no dawn.
  local sooner, later = sun.elevation(clock.now() + args.offset), sun.elevation(clock.now() - args.offset)
  return (args.offset < 0 and math.max or math.min)(sooner, later) < -6
end

local function switch(to_night, lux)
  if to_night then profile.push("night", { over = args.fade }) else profile.pop("night", { over = args.fade }) end
  is_night, persist.is_night = to_night, to_night
  since_switch, readings_since, light_before, is_learning = 0, 0, lux, lux ~= nil
  beyond, far_below = 0, 0
  log.info(to_night and "night" or "day", { lux = lux, own_light = own_light })
  emit("day_night.switched", { night = to_night, lux = lux })
end

local function judge(reading, light)
  if reading then learn(reading, light) end
  local wanted = by_clock()
  if wanted == nil and light and not is_learning then wanted = by_light(light) end
  if wanted == nil or wanted == is_night or since_switch < args.dwell then return end
  if wanted or is_night then return switch(wanted, light) end
  is_night, persist.is_night = false, false
end

local seconds, darkest, is_lost = 0, math.huge, false
local last, before_last

-- The middle one of the last three: a reading that is wrong, or was lit by two cars in a row, is never that.
local function middle(reading)
  local light = last and math.max(math.min(before_last, last), math.min(math.max(before_last, last), reading)) or reading
  before_last, last = last or reading, reading
  return light
end

local function look()
  seconds, since_switch = seconds + 1, since_switch + 1
  -- A camera that is lost still shows its last frame.
  local lux = not is_lost and camera.frame.lux
  if lux and lux < darkest then darkest = lux end
  if seconds < reading_seconds then return end
  local reading = darkest < math.huge and darkest or nil
  seconds, darkest = 0, math.huge
  judge(reading, reading and middle(reading))
end

function selftest()
  if args.bright <= args.dark then return false, "'bright' must be above 'dark'" end
  if not from then return false, "'night_from' must be a time of day such as 22:00, got '" .. args.night_from .. "'" end
  if not to then return false, "'night_to' must be a time of day such as 06:00, got '" .. args.night_to .. "'" end
  if from == to then return false, "'night_from' and 'night_to' must differ" end
  return true
end

if args.mode == "sun" and not has_place then
  log.warn("it goes by the light: the sun needs luneta.latitude and luneta.longitude")
end

on("camera.lost", function()
  is_lost, last, before_last = true, nil, nil
  beyond, far_below = 0, 0
end)
on("camera.found", function() is_lost = false end)

-- A reload or a power cut in the dark stays in the dark, unless the clock knows better.
local known = from and to and by_clock()
if known ~= nil then is_night, persist.is_night = known, known end
if is_night then profile.push("night") end
every("1s", look)
