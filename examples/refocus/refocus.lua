---@script refocus
---@about  Focuses once each morning and whenever somebody asks, and holds the lens still in between.
---@needs  control focus.*
---@param  time text "10:00" "when there is light enough to focus"

-- Continuous focus hunts for insects and rain; one good scan a day is enough for a camera that does not move.
local function refocus()
  camera.focus.mode = "auto"
  sleep("0.2s")
  local done, problem = camera.focus.trigger()
  if not done then return log.warn("no scan", { problem = tostring(problem) }) end
  sleep("3s")
  local position = camera.frame.lens_position
  if camera.frame.focus_state ~= "focused" or not position then
    log.warn("not focused; the lens stays where it was", { state = camera.frame.focus_state })
    position = persist.position
  end
  if not position then return end
  persist.position = position
  camera:apply{ ["focus.mode"] = "manual", ["focus.lens_position"] = position }
  log.info("focused", { dioptres = position, figure = camera.frame.focus_figure })
end

-- What it found before holds over a restart.
if persist.position then camera:apply{ ["focus.mode"] = "manual", ["focus.lens_position"] = persist.position } end
at(script.args.time, refocus)
on("refocus.please", refocus)
