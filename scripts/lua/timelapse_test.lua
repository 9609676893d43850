local function berlin(sim, day, time, world)
  local all = { day = day, time = time, lat = 52.5, lon = 13.4, zone = "Europe/Berlin" }
  for name, value in pairs(world or {}) do all[name] = value end
  sim.at(all)
  sim.run("30s")  -- away from the edge of a slot
end

-- Every picture has a slot and a path of its own; how many slots between the first and the last have none.
local function gaps(sim, every)
  local slots, paths, missing, before = {}, {}, 0, nil
  for _, still in ipairs(sim.stills()) do
    local slot = still.time // every
    expect(slots[slot]).is(nil)
    expect(paths[still.path]).is(nil)
    slots[slot], paths[still.path] = true, true
    if before then missing = missing + slot - before - 1 end
    before = slot
  end
  return missing
end

test("a picture a minute, none twice and none left out", function(sim)
  berlin(sim, "2026-12-21", "22:00")
  sim.load("timelapse")
  sim.run("4h")
  expect(#sim.stills()).is(240)
  expect(gaps(sim, 60)).is(0)
  for _, still in ipairs(sim.stills()) do expect(still.time % 60).below(5) end
end)

test("the hour that summer time skips makes no difference", function(sim)
  berlin(sim, "2026-03-29", "00:00")
  sim.load("timelapse", { every = "5m" })
  sim.run("6h")
  expect(gaps(sim, 300)).is(0)
  expect(#sim.stills()).is(72)
end)

test("the hour that comes twice in autumn makes no difference", function(sim)
  berlin(sim, "2026-10-25", "00:00")
  sim.load("timelapse", { every = "5m" })
  sim.run("6h")
  expect(gaps(sim, 300)).is(0)
  expect(#sim.stills()).is(72)
end)

test("from sunrise to sunset there are pictures, and none at night", function(sim)
  berlin(sim, "2026-12-21", "00:00")  -- the sun is up from 08:15 to 15:54
  sim.load("timelapse", { every = "5m", from = "sunrise-10m", to = "sunset+10m" })
  sim.run("24h")
  expect(#sim.stills()).between(95, 97)
  expect(gaps(sim, 300)).is(0)
end)

test("a window over midnight holds on a leap day", function(sim)
  berlin(sim, "2028-02-28", "20:00")
  sim.load("timelapse", { every = "10m", from = "22:00", to = "02:00", path = "{series}/%Y-%m-%d-%H%M.jpg" })
  sim.run("48h")
  expect(#sim.stills()).is(48)
  expect(sim.stills()[13].path).is("timelapse/2028-02-29-0000.jpg")
end)

test("a polar day has pictures at all hours, a polar night none", function(sim)
  sim.at { day = "2026-06-21", time = "00:00", lat = 69.6, lon = 18.9, zone = "Europe/Oslo" }
  sim.load("timelapse", { every = "30m", from = "sunrise", to = "sunset" })
  sim.run("24h")
  expect(#sim.stills()).between(47, 48)
  sim.step_clock(183 * 86400)
  sim.run("24h")
  expect(#sim.stills()).between(47, 49)
end)

test("after a power cut the series goes on with the next number", function(sim)
  berlin(sim, "2026-12-21", "12:00")
  sim.load("timelapse")
  sim.run("10m")
  sim.power_cut("5m")
  sim.run("10m")
  gaps(sim, 60)
  expect(#sim.stills()).between(19, 21)
  expect(sim.stills()[#sim.stills()].path).is(("timelapse/2026-12-21/%06d.jpg"):format(#sim.stills()))
end)

test("a full disk is told once and leaves no hole in the numbers", function(sim)
  berlin(sim, "2026-12-21", "12:00")
  sim.load("timelapse")
  sim.run("10m")
  sim.disk_full(true)
  sim.run("10m")
  sim.disk_full(false)
  sim.run("10m")
  expect(sim.count("timelapse.failed")).is(1)
  expect(sim.count("timelapse.recovered", { missed = 10 })).is(1)
  expect(sim.stills()[11].path).is("timelapse/2026-12-21/000011.jpg")
end)

test("a lost camera is waited for", function(sim)
  berlin(sim, "2026-12-21", "12:00")
  sim.load("timelapse", { ramp = true })
  sim.run("5m")
  sim.camera("lost")
  sim.run("5m")
  sim.camera("found")
  sim.run("5m")
  expect(sim.state("timelapse")).is("running")
  expect(sim.problem("timelapse")).is(nil)
  expect(#sim.stills()).between(9, 11)
  expect(sim.count("timelapse.failed")).is(1)
end)

test("it waits for the clock, and no slot is used twice when that is put back", function(sim)
  berlin(sim, "2025-12-21", "12:00", { trusted = false })
  sim.load("timelapse")
  sim.run("10m")
  expect(#sim.stills()).is(0)
  sim.step_clock(365 * 86400)
  sim.trust(true)
  sim.run("10m")
  sim.step_clock(-150)
  sim.run("10m")
  expect(gaps(sim, 60)).between(2, 3)  -- the minutes that the clock shows for the second time
  expect(#sim.stills()).between(17, 18)
end)

test("exposure follows dusk and dawn without a step", function(sim)
  berlin(sim, "2026-12-21", "14:00")
  sim.load("timelapse", { ramp = true, max_time = "1s", max_gain = 8 })
  sim.run("20h")
  local before
  for number, still in ipairs(sim.stills()) do
    local brightness = 2.2 * math.log((still.luma - 16) / (110 - 16), 2)
    local is_at_limit = still.exposure_time * still.gain > 0.9 * 8e6
    -- The first ones still have what automatic exposure aimed at.
    if number > 2 and not is_at_limit then
      expect(brightness).between(-0.5, 0.5)
      expect(brightness - before).between(-1 / 6, 1 / 6)
    end
    before = brightness
  end
  expect(sim.at_time("02:00").exposure_time).near(1000000, 1000)
end)

test("what is wrong with its times is said", function(sim)
  berlin(sim, "2026-12-21", "12:00")
  local _, problem = pcall(sim.load, "timelapse", { from = "sunrise" })
  expect(tostring(problem)).contains("'from' and 'to' go together")
  _, problem = pcall(sim.load, "timelapse", { from = "25:00", to = "sunset" })
  expect(tostring(problem)).contains("'25:00' is no time of day")
end)
