---@script timelapse_stills
---@about  A picture a minute from sunrise to sunset, numbered without gaps over restarts and power cuts.
---@needs  still
---@param  minutes integer 1          "a picture every so many minutes of the hour" 1..30
---@param  folder  text    "timelapse" "folder below the media folder"
---@param  quality integer 90         "of the JPEG" 1..100

cron("*/" .. script.args.minutes .. " * * * *", function()
  -- A degree below the horizon the sky is at its best.
  if (sun.elevation() or -90) < -1 then return end
  local number = (persist.number or 0) + 1
  local picture, problem = still.take{
    path = ("%s/%%Y-%%m-%%d/%06d.jpg"):format(script.args.folder, number),
    quality = script.args.quality,
  }
  if not picture then return log.warn("no picture", { problem = tostring(problem) }) end
  persist.number = number
  if number % 100 == 0 then log.info("taken", { number = number, path = picture.path }) end
end)
