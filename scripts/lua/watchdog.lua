---@script watchdog
---@about  Tells a webhook when the stream, the camera, a script or the taking of pictures is in trouble, and when it is well again.
---@needs  http
---@restart
---@param  url      text     ""   "where messages go, such as https://ntfy.sh/my-garden"
---@param  format   choice   text "text as ntfy.sh takes it, or json for other webhooks" text|json
---@param  patience duration 60s  "how long the stream or the camera has to be away before it is told" 0..86400
---@param  cooldown duration 15m  "the same trouble is told at most so often" 0..86400
---@param  stills   duration 0s   "tell when no picture was taken for so long; 0 does not watch that" 0..604800

local args = script.args

function selftest()
  if args.url == "" then return false, "'url' says where messages go, such as https://ntfy.sh/my-garden" end
  return true
end

-- Sending ---------------------------------------------------------------------------------------------------------------------------------

-- What is in trouble may be the network: messages wait, so many at most, and are tried again after longer and longer.
local waiting, most_waiting, lost = {}, 50, 0
local is_sending = false

local function post(message)
  local options = { timeout = "10s" }
  if args.format == "json" then
    options.json = message
  else
    options.body = message.text
    options.headers = { Title = message.title, Priority = message.is_trouble and "high" or "default" }
  end
  local reply, problem = http.post(args.url, options)
  if reply and reply.status < 300 then return true end
  -- A server that refuses this message would refuse it for ever.
  local is_final = reply and reply.status >= 400 and reply.status < 500 and reply.status ~= 408 and reply.status ~= 429
  return is_final, tostring(problem or reply.status)
end

local function send_all()
  if is_sending then return end
  is_sending = true
  local delay = 5
  while waiting[1] do
    local message = waiting[1]
    local is_done, problem = post(message)
    if problem then log.warn("not told", { title = message.title, problem = problem, waiting = #waiting }) end
    if is_done then
      if waiting[1] == message then table.remove(waiting, 1) end
      delay = 5
    else
      sleep(delay)
      delay = math.min(delay * 2, 600)
    end
  end
  if lost > 0 then log.warn("messages were lost, too many were waiting", { lost = lost }) end
  lost, is_sending = 0, false
end

local function tell(title, reason, is_trouble)
  local when = clock.trusted() and os.date("%Y-%m-%d %H:%M:%S") or nil
  local text = title .. (reason and reason ~= "" and ": " .. reason or "") .. (when and " (" .. when .. ")" or "")
  if #waiting >= most_waiting then
    table.remove(waiting, 1)
    lost = lost + 1
  end
  waiting[#waiting + 1] = { title = title, text = text, reason = reason, is_trouble = is_trouble, time = when }
  log[is_trouble and "warn" or "info"](text)
  send_all()
end

-- Troubles --------------------------------------------------------------------------------------------------------------------------------

-- Each is told when it has lasted for its patience, and at most once in a cool-down. That it is over is told when the trouble was.
local troubles = {}

local function trouble(name)
  troubles[name] = troubles[name] or { times = 0 }
  return troubles[name]
end

local function announce(t)
  t.pending = nil
  -- What comes in a cool-down and is still so at its end is told then.
  if t.is_cooling then return end
  t.is_told, t.is_cooling = true, true
  after(args.cooldown, function()
    t.is_cooling = false
    if t.is_on and not t.is_told and not t.pending then announce(t) end
  end)
  local times = t.times
  t.times = 0
  tell(t.what, times > 1 and ("%s, %d times"):format(t.reason or "", times) or t.reason, true)
end

local function begins(t, what, reason, patience)
  t.what, t.reason, t.times = what, reason, t.times + 1
  if t.is_on then return end
  t.is_on = true
  if patience > 0 then t.pending = after(patience, function() announce(t) end) else announce(t) end
end

local function ends(t, what)
  if t.pending then t.pending:cancel() end
  local was_told = t.is_told
  t.is_on, t.is_told, t.pending, t.times = false, false, nil, 0
  if was_told then tell(what, nil, false) end
end

local stream_trouble, camera_trouble, picture_trouble = trouble("stream"), trouble("camera"), trouble("pictures")

local function stream_is_down(reason) begins(stream_trouble, "the stream is down", reason, args.patience) end

on("stream.down", function(event) stream_is_down(event.reason) end)
on("stream.up", function() ends(stream_trouble, "the stream is back") end)

on("camera.lost", function(event) begins(camera_trouble, "the camera is lost", event.reason, args.patience) end)
on("camera.found", function() ends(camera_trouble, "the camera is back") end)

on("timelapse.failed", function(event) begins(picture_trouble, "pictures fail", event.problem, 0) end)
on("timelapse.recovered", function() ends(picture_trouble, "pictures are taken again") end)

-- A script that failed may go on, and fail again: it is well when a new generation of it starts.
on("script.failed", function(event)
  local t = trouble("script " .. event.name)
  local first_line = tostring(event.problem):match("^[^\n]*")
  begins(t, "script '" .. event.name .. "' failed", first_line, 0)
  if t.times > 0 then announce(t) end
end)
on("script.started", function(event)
  local t = troubles["script " .. event.name]
  if t then ends(t, "script '" .. event.name .. "' runs again") end
end)

-- Nobody says that a picture was not taken: so it is told when none came for long.
local picture_is_due

local function wait_for_picture()
  if picture_is_due then picture_is_due:cancel() end
  picture_is_due = after(args.stills, function()
    begins(picture_trouble, "no picture was taken", ("for %d minutes"):format(args.stills // 60), 0)
  end)
end

if args.stills > 0 then
  wait_for_picture()
  on("still.taken", function()
    ends(picture_trouble, "pictures are taken again")
    wait_for_picture()
  end)
end

-- A stream that was down before this began says nothing any more.
local status = stream.status()
if status and not status.up then stream_is_down(status.reason or status.state) end
