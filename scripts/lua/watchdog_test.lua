local url = "https://ntfy.sh/garden"

local function start(sim, args)
  sim.at { day = "2026-12-21", time = "12:00", lat = 52.5, lon = 13.4, zone = "Europe/Berlin" }
  sim.stream("up")
  local all = { url = url }
  for name, value in pairs(args or {}) do all[name] = value end
  sim.load("watchdog", all)
  sim.run("5s")
end

local function messages(sim) return #sim.requests("ntfy.sh/garden") end

test("a stream that stays down is told, and that it is back", function(sim)
  start(sim)
  sim.stream("down", "connection refused")
  sim.run("59s")
  expect(messages(sim)).is(0)
  sim.run("2s")
  expect(messages(sim)).is(1)
  expect(sim.requests(url)[1].body).contains("the stream is down: connection refused")
  sim.stream("up")
  sim.run("2s")
  expect(sim.requests(url)[2].body).contains("the stream is back")
end)

test("what is over before anybody had to know is not told", function(sim)
  start(sim)
  for _ = 1, 20 do
    sim.stream("down", "timeout")
    sim.run("30s")
    sim.stream("up")
    sim.run("30s")
  end
  expect(messages(sim)).is(0)
end)

test("a stream that comes and goes is told at most once in a cool-down", function(sim)
  start(sim, { patience = "10s", cooldown = "15m" })
  for _ = 1, 30 do
    sim.stream("down", "timeout")
    sim.run("30s")
    sim.stream("up")
    sim.run("30s")
  end
  expect(messages(sim)).between(2, 6)
end)

test("messages wait for the network, and come once", function(sim)
  sim.http("ntfy.sh", { problem = "timeout" })
  start(sim)
  sim.camera("lost")
  sim.run("10m")
  local tries = messages(sim)
  expect(tries).between(3, 10)
  sim.http("ntfy.sh", { status = 200, body = "" })
  sim.run("15m")
  expect(messages(sim)).is(tries + 1)
end)

test("a server that refuses is not asked again", function(sim)
  sim.http("ntfy.sh", { status = 403, body = "" })
  start(sim)
  sim.camera("lost")
  sim.run("1h")
  expect(messages(sim)).is(1)
end)

test("a script that fails again and again is told once, with the number of times later", function(sim)
  start(sim)
  sim.source("bad", 'every("10s", function() error("broken") end)')
  sim.run("14m")
  expect(messages(sim)).is(1)
  expect(sim.requests(url)[1].body).contains("script 'bad' failed")
  sim.run("5m")
  expect(sim.requests(url)[2].body).contains("times")
end)

test("a full disk is told through the time-lapse that suffers from it", function(sim)
  start(sim)
  sim.load("timelapse")
  sim.disk_full(true)
  sim.run("5m")
  expect(sim.requests(url)[1].body).contains("pictures fail")
  sim.disk_full(false)
  sim.run("2m")
  expect(sim.requests(url)[2].body).contains("pictures are taken again")
end)

test("pictures that stop coming are told", function(sim)
  start(sim, { stills = "10m" })
  sim.run("9m")
  expect(messages(sim)).is(0)
  sim.run("2m")
  expect(sim.requests(url)[1].body).contains("no picture was taken")
end)

test("a stream that was down before it began is told too", function(sim)
  sim.at { day = "2026-12-21", time = "12:00", lat = 52.5, lon = 13.4, zone = "Europe/Berlin" }
  sim.stream("down", "connection refused")
  sim.load("watchdog", { url = url })
  sim.run("2m")
  expect(messages(sim)).is(1)
end)

test("without an address it is refused", function(sim)
  sim.at { day = "2026-12-21", time = "12:00", lat = 52.5, lon = 13.4, zone = "Europe/Berlin" }
  local is_fine, problem = pcall(sim.load, "watchdog")
  expect(is_fine).is(false)
  expect(tostring(problem)).contains("'url' says where messages go")
end)
