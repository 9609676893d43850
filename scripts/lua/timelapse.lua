---@script timelapse
---@about  A numbered picture every so often by the wall clock, day after day, with exposures that follow the light if asked to.
---@needs  control exposure.auto exposure.time exposure.gain ; still
---@param  every    duration 60s "from one picture to the next, counted from midnight UTC" 1..86400
---@param  from     text     ""  "when it begins: 07:30, sunrise or sunrise-30m; empty for never stopping"
---@param  to       text     ""  "when it ends: 19:00, sunset or sunset+30m"
---@param  series   text     timelapse "another name begins to count anew"
---@param  path     text     "{series}/%Y-%m-%d/{number}.jpg" "where pictures go, see still.take"
---@param  quality  integer  90  "of the JPEG" 1..100
---@param  ramp     bool     false "take exposure in hand, so that brightness follows the light without steps"
---@param  target   number   110 "with ramp: mean luma of a picture; 16 is black, 235 white" 30..200
---@param  max_time duration 1s  "with ramp: longest exposure; the stream gets as slow" 0.001..200
---@param  max_gain number   8   x "with ramp: highest gain" 1..64
---@budget run 500ms

local args = script.args

-- When ------------------------------------------------------------------------------------------------------------------------------------

local units = { s = 1, m = 60, h = 3600 }

-- "sunset+30m" as what finds its next time after another, and the offset that is in it; nil and the reason when it is none.
local function read_moment(text)
  local hour, minute = text:match("^(%d%d?):(%d%d)$")
  if hour then
    if tonumber(hour) > 23 or tonumber(minute) > 59 then return nil, "'" .. text .. "' is no time of day" end
    local function next_time(after)
      local day = os.date("*t", after)
      for more = 0, 2 do
        local time = os.time { year = day.year, month = day.month, day = day.day + more, hour = hour, min = minute, sec = 0 }
        if time > after then return time end
      end
    end
    return { next = next_time, offset = 0 }
  end
  local event, sign, amount, unit = text:match("^([%a_]+)([+-]?)(%d*)([smh]?)$")
  if not event or (sign == "") ~= (amount == "") or (sign == "") ~= (unit == "") then
    return nil, "'" .. text .. "' is neither a time such as 07:30 nor an event of the sun such as sunset+30m"
  end
  -- An event that does not exist, or a place that is not known, is raised; what comes before the sentence is the line.
  local is_known, problem = pcall(sun.next, event, 0)
  if not is_known then return nil, (tostring(problem):gsub("^%S+:%d+: ", "")) end
  local function next_time(after) return (sun.next(event, after)) end
  return { next = next_time, offset = sign == "" and 0 or tonumber(sign .. amount) * units[unit] }
end

local from, to, mistake
if args.from ~= "" or args.to ~= "" then
  from, mistake = read_moment(args.from)
  if from then to, mistake = read_moment(args.to) end
  if args.from == "" or args.to == "" then mistake = "'from' and 'to' go together" end
end

function selftest()
  if mistake then return false, mistake end
  return true
end

-- The last time of a moment, without its offset. In a polar night the last sunrise is months ago.
local function last_time(moment, now)
  local back, time = 1, nil
  repeat
    time, back = moment.next(now - back * 86400), back * 8
  until time and time <= now or back > 512
  if not time or time > now then return nil end
  while true do
    local later = moment.next(time)
    if not later or later > now then return time end
    time = later
  end
end

-- From when to when the window is open, and when the next one opens.
local opens, closes, opens_again

local function is_open(time)
  if not from then return true end
  if not opens_again or time < opens or time >= opens_again then
    local begin = last_time(from, time - from.offset)
    opens = begin and begin + from.offset or -math.huge
    closes = begin and (to.next(begin) or math.huge) + to.offset or -math.huge
    opens_again = (from.next(time - from.offset) or math.huge) + from.offset
  end
  return time < closes
end

-- Pictures --------------------------------------------------------------------------------------------------------------------------------

-- A picture that takes longer than `every` does not hold up the next; beyond so many at once they are left out.
local most_at_once, at_once = 4, 0
local missed = 0

local function failed(problem)
  missed = missed + 1
  if missed > 1 then return end
  log.warn("no picture", { problem = tostring(problem) })
  emit("timelapse.failed", { series = args.series, problem = tostring(problem) })
end

local function succeeded(path, number)
  if missed > 0 then
    log.info("pictures again", { path = path, missed = missed })
    emit("timelapse.recovered", { series = args.series, missed = missed })
  end
  missed = 0
  if number % 100 == 1 then log.info("taken", { path = path }) end
end

local function take(slot)
  -- A slot has its turn once, also when the clock was put back a little. One put back further was wrong before.
  if persist.slot and slot <= persist.slot and persist.slot - slot < 3 * 3600 then return end
  if not is_open(slot) then return end
  if at_once >= most_at_once then return failed("the pictures before are not ready") end
  if persist.series ~= args.series then persist.series, persist.number = args.series, 0 end
  local number = persist.number + 1
  -- Kept before the picture is taken: a power cut may leave a number out, but not use one twice.
  persist.slot, persist.number = slot, number
  local fields = { series = args.series, number = ("%06d"):format(number) }
  at_once = at_once + 1
  local picture, problem = still.take { path = args.path:gsub("{(%a+)}", fields), quality = args.quality }
  at_once = at_once - 1
  if picture then return succeeded(picture.path, number) end
  if persist.number == number then persist.number = number - 1 end
  failed(problem)
end

-- Slots are multiples of `every` in UTC: nothing adds up, and neither midnight nor summer time makes a difference.
local timer, due

local function wait_for(slot)
  due = slot
  -- Not in one go: the clock may be slewed meanwhile.
  timer = after(math.max(0, math.min(slot - clock.now(), 600)), function()
    local now = clock.now()
    if now < due - 0.01 then return wait_for(due) end
    local this = math.max(due, math.floor(now / args.every) * args.every)
    wait_for(this + args.every)
    take(this)
  end)
end

local function start()
  if timer then timer:cancel() end
  timer = nil
  if clock.trusted() then wait_for((math.floor(clock.now() / args.every) + 1) * args.every) end
end

on("clock.stepped", start)
start()
if not timer then log.warn("no pictures until the clock is set") end

-- Exposure --------------------------------------------------------------------------------------------------------------------------------

-- Every few seconds, by at most a sixth of a stop, which nobody sees: two stops a minute, six times as fast as the sun sets at the equator.
local look, largest_step = 5, 1 / 6
-- Light that grows is believed after so many looks: longer than headlights pass.
local brighter, car = 0, 3
local is_lost = false
-- Exposure time in µs times gain, as it was last asked; before that, for how many looks automatic exposure was waited for.
local asked
local patience = 12

-- The lowest gain of this sensor, as it shows.
local lowest = 1

local function split(total)
  local time = math.max(1, math.min(total / lowest, args.max_time * 1e6))
  return { ["exposure.time"] = math.floor(time + 0.5), ["exposure.gain"] = math.max(lowest, math.min(total / time, args.max_gain)) }
end

local function follow_light()
  local time, gain, luma = camera.frame.exposure_time, camera.frame.gain, camera.frame.luma
  if is_lost or not (time and gain and luma) then return end
  if camera.exposure.gain <= lowest then lowest = math.max(lowest, gain) end
  local shown = time * gain * (camera.frame.digital_gain or 1)
  if not asked then
    -- What automatic exposure has found is where it begins.
    patience = patience - 1
    if not camera.frame.exposure_settled and patience > 0 then return end
    asked = shown
    local values = split(asked)
    values["exposure.auto"] = false
    camera:apply(values)
    return
  end
  -- Levels of video are light to the power of 1/2.2. It is judged by the exposure of the frame it was seen in, so late frames do no harm.
  local missing = 2.2 * math.log((args.target - 16) / math.max(luma - 16, 1), 2)
  local change = math.log(shown / asked, 2) + missing
  brighter = change < -0.03 and brighter + 1 or 0
  if change < 0.03 and brighter < car then return end
  asked = asked * 2 ^ math.max(-largest_step, math.min(largest_step, change))
  -- Not further than the sensor can follow.
  asked = math.max(50, shown / 2, math.min(asked, shown * 2, args.max_time * 1e6 * args.max_gain))
  local values = split(asked)
  values.over = look
  camera:ramp(values)
end

if args.ramp then
  every(look, follow_light)
  on("camera.lost", function() is_lost = true end)
  on("camera.found", function() is_lost = false end)
end
