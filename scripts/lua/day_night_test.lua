-- A day in the light of Berlin's winter, from noon to noon, with whatever else is in the way.
local function winter(sim, world)
  local all = { day = "2026-12-21", time = "12:00", lat = 52.5, lon = 13.4, zone = "Europe/Berlin" }
  for name, value in pairs(world or {}) do all[name] = value end
  sim.at(all)
end

local function expect_one_night(sim)
  expect(sim.count("day_night.switched", { night = true })).is(1)
  expect(sim.count("day_night.switched", { night = false })).is(1)
  expect(sim.at_time("02:00").profile).is("night")
end

test("a night begins once and ends once", function(sim)
  winter(sim)
  sim.load("day_night")
  sim.run("23h")
  expect_one_night(sim)
  expect(sim.at_time("15:30").profile).is("normal")
  expect(sim.at_time("09:30").profile).is("normal")
end)

test("headlights do not make a day, nor clouds a night", function(sim)
  winter(sim, { clouds = "gusty", headlights = 120, seed = 7 })
  sim.load("day_night")
  sim.run("23h")
  expect_one_night(sim)
end)

test("the camera's own lamp is not taken for daylight, and dawn is seen above it", function(sim)
  winter(sim, { infrared = 80 })
  sim.load("day_night")
  sim.run("23h")
  expect_one_night(sim)
  expect(sim.at_time("09:00").profile).is("normal")
end)

test("a street lamp and the camera's own do not flap together", function(sim)
  winter(sim, { lamp = 4, infrared = 40, clouds = "gusty", headlights = 60, seed = 3 })
  sim.load("day_night")
  sim.run("23h")
  expect(sim.count("day_night.switched", { night = true })).below(2)
  expect(sim.count("day_night.switched", { night = false })).is(sim.count("day_night.switched", { night = true }))
end)

test("a midsummer night at 60 degrees has at most one night under gusty clouds", function(sim)
  sim.at { day = "2026-06-21", time = "12:00", lat = 60, lon = 10.7, zone = "Europe/Oslo", clouds = "gusty", infrared = 20, seed = 5 }
  sim.load("day_night")
  sim.run("24h")
  expect(sim.count("day_night.switched")).below(3)
  expect(sim.at_time("05:00").profile).is("normal")
end)

test("by the sun a polar night has its hours of twilight", function(sim)
  sim.at { day = "2026-12-21", time = "00:00", lat = 69.6, lon = 18.9, zone = "Europe/Oslo" }
  sim.load("day_night", { mode = "sun" })
  sim.run("23h")
  expect(sim.at_time("06:00").profile).is("night")
  expect(sim.at_time("11:40").profile).is("normal")
  expect(sim.at_time("18:00").profile).is("night")
end)

test("by the sun a polar day has no night", function(sim)
  sim.at { day = "2026-06-21", time = "12:00", lat = 69.6, lon = 18.9, zone = "Europe/Oslo" }
  sim.load("day_night", { mode = "sun" })
  sim.run("24h")
  expect(sim.count("day_night.switched", { night = true })).is(0)
end)

test("until the clock is set the light decides, then the sun", function(sim)
  winter(sim, { trusted = false })
  sim.light(0.5)
  sim.load("day_night", { mode = "sun" })
  sim.run("2m")
  expect(sim.value("exposure.mode")).is("long")
  sim.step_clock(365 * 86400)
  sim.trust(true)
  sim.run("2m")
  expect(sim.value("exposure.mode")).is("normal")
end)

test("a schedule keeps its times over the change to summer time", function(sim)
  sim.at { day = "2026-03-28", time = "12:00", lat = 52.5, lon = 13.4, zone = "Europe/Berlin" }
  sim.load("day_night", { mode = "schedule", night_from = "22:00", night_to = "06:00" })
  sim.run("23h")
  expect(sim.at_time("21:55").profile).is("normal")
  expect(sim.at_time("22:05").profile).is("night")
  expect(sim.at_time("05:55").profile).is("night")
  expect(sim.at_time("06:05").profile).is("normal")
  expect(sim.count("day_night.switched")).is(2)
end)

test("a schedule keeps its times over the change to winter time", function(sim)
  sim.at { day = "2026-10-24", time = "12:00", lat = 52.5, lon = 13.4, zone = "Europe/Berlin" }
  sim.load("day_night", { mode = "schedule", night_from = "22:00", night_to = "06:00" })
  sim.run("23h")
  expect(sim.at_time("05:55").profile).is("night")
  expect(sim.at_time("06:05").profile).is("normal")
  expect(sim.count("day_night.switched")).is(2)
end)

test("a reload and a power cut in the night stay in the night", function(sim)
  winter(sim, { infrared = 60 })
  sim.load("day_night")
  sim.run_to("22:00")
  sim.reload("day_night")
  sim.run("30m")
  expect(sim.value("exposure.mode")).is("long")
  sim.power_cut("10m")
  sim.run("30m")
  expect(sim.value("exposure.mode")).is("long")
  expect(sim.count("day_night.switched")).is(1)
end)

test("thresholds that cross and times that are none are refused", function(sim)
  winter(sim)
  expect((pcall(sim.load, "day_night", { dark = 12, bright = 5 }))).is(false)
  expect((pcall(sim.load, "day_night", { night_to = "dawn" }))).is(false)
end)
