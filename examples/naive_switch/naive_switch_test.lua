test("it flaps when cars pass, which day_night does not", function(sim)
  sim.at { day = "2026-12-21", time = "12:00", lat = 52.5, lon = 13.4, zone = "Europe/Berlin", headlights = 60 }
  sim.load("naive_switch")
  sim.run("23h")
  expect(sim.count("profile.changed")).above(20)
end)

test("with a lamp of its own it never rests", function(sim)
  sim.at { day = "2026-12-21", time = "12:00", lat = 52.5, lon = 13.4, zone = "Europe/Berlin", infrared = 20 }
  sim.load("naive_switch")
  sim.run("12h")
  expect(sim.count("profile.changed")).above(100)
end)
