---@script day_night
---@about  Pushes the profile `night` when it gets dark and pops it when it is bright again.
---@needs  control exposure.* image.*
---@param  dark    number   5   lux "below this it is night" 0..1000000
---@param  bright  number   12  lux "above this it is day" 0..1000000
---@param  samples integer  3   "so many readings in a row have to agree" 1..1000
---@param  dwell   duration 60s "shortest time between two switches" 0..86400
---@param  ev      number   1.5 stops "how much brighter than usual night pictures are" -8..8

local args = script.args

profile.define("night", {
  ["exposure.auto"] = true,
  ["exposure.mode"] = "long",
  ["exposure.constraint"] = "shadows",
  ["exposure.value"] = args.ev,
  ["exposure.max_time"] = "1s",
  ["image.noise_reduction"] = "high_quality",
})

-- Seconds are counted in readings: the wall clock may jump when it is set.
local agreeing, since_switch = 0, math.huge

local function switch(to_night, lux)
  persist.is_night = to_night
  agreeing, since_switch = 0, 0
  if to_night then profile.push("night") else profile.pop("night") end
  log.info(to_night and "night" or "day", { lux = lux })
end

local function read()
  since_switch = since_switch + 1
  local lux = camera.frame.lux
  if not lux then
    agreeing = 0
    return
  end
  -- Between the thresholds nothing changes: one switch makes the picture, and the reading, different.
  local is_due = persist.is_night and lux > args.bright or not persist.is_night and lux < args.dark
  agreeing = is_due and agreeing + 1 or 0
  if agreeing >= args.samples and since_switch >= args.dwell then switch(not persist.is_night, lux) end
end

function selftest()
  if args.bright <= args.dark then return false, "'bright' must be above 'dark'" end
  return true
end

-- A reload in the dark stays in the dark.
if persist.is_night then profile.push("night") end
every("1s", read)
