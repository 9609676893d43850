---@script schedule
---@about  Profiles by time of day, weekday and sun: always the one whose time came last.
---@needs  control exposure.* image.*
---@param  plan text     "07:00 day; 19:00 evening; 23:00 night" "entries such as: mon-fri 07:30 work; sunset-15m evening"
---@param  fade duration 20s                                     "how long the picture takes to change" 0..3600
---@budget run 500ms

-- Profiles that a plan may name without anybody having defined them; what another script has defined goes first.
local standard = {
  day = { ["exposure.value"] = 0, ["exposure.mode"] = "normal", ["exposure.constraint"] = "normal" },
  bright = { ["exposure.value"] = -0.5, ["exposure.constraint"] = "highlight" },
  evening = { ["exposure.value"] = 0.5, ["exposure.constraint"] = "shadows" },
  night = {
    ["exposure.value"] = 1.5,
    ["exposure.mode"] = "long",
    ["exposure.constraint"] = "shadows",
    ["exposure.max_time"] = "1s",
    ["image.noise_reduction"] = "high_quality",
  },
}

-- Reading the plan: each entry becomes { days, next, profile }, where next(time) is when it comes after a time, on whatever day.

local weekdays = { sun = 1, mon = 2, tue = 3, wed = 4, thu = 5, fri = 6, sat = 7 }
local units = { s = 1, m = 60, h = 3600 }

-- "mon-fri,sun" as a set of numbers; nil when it is something else.
local function read_days(text)
  local days = {}
  for part in text:gmatch("[^,]+") do
    local first, last = part:match("^(%a%a%a)%-?(%a*)$")
    local day, last_day = weekdays[first or ""], weekdays[last ~= "" and last or first or ""]
    if not day or not last_day then return nil end
    days[day] = true
    while day ~= last_day do
      day = day % 7 + 1
      days[day] = true
    end
  end
  return days
end

-- What finds the next time after a time; nil and the reason when it is none.
local function read_time(text)
  local hour, minute = text:match("^(%d%d?):(%d%d)$")
  if hour then
    if tonumber(hour) > 23 or tonumber(minute) > 59 then return nil, "'" .. text .. "' is no time of day" end
    return function(after)
      local day = os.date("*t", after)
      for more = 0, 2 do
        local time = os.time { year = day.year, month = day.month, day = day.day + more, hour = hour, min = minute, sec = 0 }
        if time > after then return time end
      end
    end
  end
  local event, sign, amount, unit = text:match("^([%a_]+)([+-]?)(%d*)([smh]?)$")
  if not event or (sign == "") ~= (amount == "") or (sign == "") ~= (unit == "") then
    return nil, "'" .. text .. "' is neither a time such as 07:30 nor an event of the sun such as sunset-15m"
  end
  -- An event that does not exist, or a place that is not known, is raised; what comes before the sentence is the line.
  local is_known, problem = pcall(sun.next, event, 0)
  if not is_known then return nil, (tostring(problem):gsub("^%S+:%d+: ", "")) end
  local offset = sign == "" and 0 or tonumber(sign .. amount) * units[unit]
  return function(after)
    local time = sun.next(event, after - offset)
    return time and time + offset
  end
end

local function read_entry(text)
  local words = {}
  for word in text:gmatch("%S+") do words[#words + 1] = word end
  if #words ~= 2 and #words ~= 3 then return nil, "it takes a time and a profile, and days before them if not every day" end
  local days = #words == 3 and read_days(words[1]) or nil
  if #words == 3 and not days then return nil, "'" .. words[1] .. "' is no day such as mon, mon-fri or sat,sun" end
  local next_time, problem = read_time(words[#words - 1])
  return next_time and { days = days, next = next_time, profile = words[#words] }, problem
end

local plan, mistake = {}, nil
for text in script.args.plan:gsub(";%s*$", ""):gmatch("[^;]+") do
  local entry, problem = read_entry(text)
  if not entry then
    mistake = ("entry %d of the plan, '%s': %s"):format(#plan + 1, text:match("^%s*(.-)%s*$"), problem)
    break
  end
  plan[#plan + 1] = entry
end

function selftest()
  if mistake then return false, mistake end
  if #plan == 0 then return false, "'plan' has no entry" end
  return true
end

-- Following it

local function next_time(entry, after)
  repeat
    after = entry.next(after)
  until not after or not entry.days or entry.days[os.date("*t", after).wday]
  return after
end

-- Finds out when an entry last came and when it comes again. It is rarely more than a week ago, but a sunset in a polar night is months.
local function look_up(entry, now)
  entry.last, entry.again = nil, next_time(entry, now)
  local back, time = 1, nil
  repeat
    time, back = next_time(entry, now - back * 86400), back * 8
  until time and time <= now or back > 512
  while time and time <= now do
    entry.last, time = time, next_time(entry, time)
  end
end

local active
local complained = {}

local function activate(name)
  if name == active then return end
  local options = { over = script.args.fade }
  local fine, problem = pcall(profile.push, name, options)
  if not fine and standard[name] then
    profile.define(name, standard[name])
    fine, problem = pcall(profile.push, name, options)
  end
  if not fine then
    -- Whoever defines it may start later: it is tried again every minute.
    if not complained[name] then log.error("'" .. name .. "' cannot be activated: " .. tostring(problem)) end
    complained[name] = true
    return
  end
  if active then profile.pop(active, options) end
  active, complained[name] = name, nil
  log.info(name)
  emit("schedule.switched", { profile = name })
end

local function follow()
  if not clock.trusted() then return end
  local now, current = clock.now() + 0.5, nil  -- a timer may be early by a hair
  for _, entry in ipairs(plan) do
    -- What was looked up holds until it comes again, unless the clock was stepped back behind it.
    if not entry.again or now >= entry.again or now < (entry.last or now) then look_up(entry, now) end
    if entry.last and (not current or entry.last >= current.last) then current = entry end
  end
  if current then activate(current.profile) end
end

if not mistake then follow() end
cron("* * * * *", follow)
on("clock.stepped", follow)
