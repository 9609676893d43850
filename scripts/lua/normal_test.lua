test("it goes back to daylight settings over those of low_light", function(sim)
  sim.at { day = "2026-06-21", time = "12:00", lat = 52.5, lon = 13.4, zone = "Europe/Berlin" }
  sim.load("low_light")
  sim.run("10s")
  sim.load("normal")
  sim.run("10s")
  expect(sim.state("normal")).is("done")
  expect(sim.value("exposure.mode")).is("normal")
  expect(sim.value("exposure.max_time")).is(0)
  expect(sim.value("exposure.value")).is(0)
end)

test("it returns to a frame rate when it is told one", function(sim)
  sim.at { day = "2026-06-21", time = "12:00", lat = 52.5, lon = 13.4, zone = "Europe/Berlin" }
  sim.load("normal", { fps = 25 })
  sim.run("10s")
  expect(sim.value("stream.framerate")).is(25)
end)
