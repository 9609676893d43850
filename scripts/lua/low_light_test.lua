test("it sets long, clean exposures and is done", function(sim)
  sim.at { day = "2026-12-21", time = "22:00", lat = 52.5, lon = 13.4, zone = "Europe/Berlin" }
  sim.load("low_light", { ev = 2 })
  sim.run("10s")
  expect(sim.state("low_light")).is("done")
  expect(sim.value("exposure.mode")).is("long")
  expect(sim.value("exposure.max_time")).is(1000000)
  expect(sim.value("exposure.value")).is(2)
end)

test("stopping it gives everything back", function(sim)
  sim.at { day = "2026-12-21", time = "22:00", lat = 52.5, lon = 13.4, zone = "Europe/Berlin" }
  sim.load("low_light")
  sim.run("10s")
  sim.stop("low_light")
  sim.run("5s")
  expect(sim.value("exposure.mode")).is("normal")
  expect(sim.value("exposure.max_time")).is(0)
end)
