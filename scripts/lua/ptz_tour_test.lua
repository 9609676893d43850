local regions = "door 0.1,0.2,0.4,0.4; gate 0.5,0.5,0.3,0.3; yard 0,0,1,1"

local function start(sim, args)
  sim.at { day = "2026-06-21", time = "12:00", lat = 52.5, lon = 13.4, zone = "Europe/Berlin" }
  local all = { regions = regions, travel = "4s", hold = "6s" }
  for name, value in pairs(args or {}) do all[name] = value end
  sim.load("ptz_tour", all)
end

local function arrivals(sim)
  local names = {}
  for _, event in ipairs(sim.events("ptz.arrived")) do names[#names + 1] = event.region end
  return names
end

test("it visits the regions in order, again and again", function(sim)
  start(sim)
  sim.run("45s")
  expect(arrivals(sim)).is({ "door", "gate", "yard", "door", "gate" })
end)

test("it rests where it was asked to, until it may go on", function(sim)
  start(sim)
  sim.run("5s")
  sim.emit("ptz.go", { region = "yard" })
  sim.run("5m")
  expect(arrivals(sim)).is({ "door", "yard" })
  expect(sim.value("geometry.roi")).is({ 0, 0, 1, 1 })
  sim.emit("ptz.go", {})
  sim.run("5s")
  expect(arrivals(sim)).is({ "door", "yard", "door" })
end)

test("a hold on the way lets it arrive, and nothing more", function(sim)
  start(sim)
  sim.run("12s")
  sim.emit("ptz.hold", {})
  sim.run("5m")
  expect(arrivals(sim)).is({ "door", "gate" })
end)

test("a pause that was forgotten ends by itself", function(sim)
  start(sim, { pause = "10m" })
  sim.run("5s")
  sim.emit("ptz.hold", {})
  sim.run("9m")
  expect(#arrivals(sim)).is(1)
  sim.run("2m")
  expect(#arrivals(sim)).above(4)
end)

test("a region that is not there is said and changes nothing", function(sim)
  start(sim)
  sim.run("5s")
  sim.emit("ptz.go", { region = "roof" })
  sim.run("10s")
  expect(arrivals(sim)).is({ "door", "gate" })
  expect(sim.problem("ptz_tour")).is(nil)
end)

test("a region outside the picture is refused with its number", function(sim)
  local is_fine, problem = pcall(start, sim, { regions = "door 0.1,0.2,0.4,0.4; gate 0.5,0.5,0.6,0.3" })
  expect(is_fine).is(false)
  expect(tostring(problem)).contains("region 2, 'gate 0.5,0.5,0.6,0.3'")
end)

test("after a power cut it goes on with the next region", function(sim)
  start(sim)
  sim.run("5s")
  sim.power_cut("10m")
  sim.run("5s")
  expect(arrivals(sim)).is({ "door", "gate" })
end)
