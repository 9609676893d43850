---@script bell
---@about  A picture when somebody rings, sent to a webhook; one ring counts for a while.
---@needs  still ; http
---@param  url   text     ""  "where the picture goes; empty for nowhere"
---@param  quiet duration 20s "how long further rings are left out" 0..3600

-- Whatever hears the bell says so: another script with emit("door.bell"), or a session.
local last = -math.huge

on("door.bell", function()
  if clock.now() - last < script.args.quiet then return end
  last = clock.now()
  local picture, problem = still.take{ path = "bell/%Y-%m-%d/%H%M%S.jpg", width = 1280, height = 720 }
  if not picture then return log.warn("no picture", { problem = tostring(problem) }) end
  log.info("somebody rang", { path = picture.path })
  if script.args.url == "" then return end
  local reply, refused = http.post(script.args.url, { file = picture.path, timeout = "20s" })
  if not reply or reply.status >= 300 then log.warn("not sent", { problem = tostring(refused or reply.status) }) end
end)
