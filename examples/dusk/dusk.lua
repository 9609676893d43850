---@script dusk
---@about  Longer exposures and lifted shadows while it is dark.
---@param  dark   number 10 lux "below this it is dark"  0..1000
---@param  bright number 40 lux "above this it is light" 0..1000

profile.define("dark", {
  ["exposure.mode"] = "long",
  ["exposure.constraint"] = "shadows",
  ["exposure.value"] = 1.5,
})

local function follow(lux)
  if lux < script.args.dark then
    profile.push("dark")
  elseif lux > script.args.bright then
    profile.pop("dark")
  end
end

on("light.changed", function(event) follow(event.lux) end)

-- No light may change for hours: look once at the start.
after("1s", function()
  if camera.frame.lux then follow(camera.frame.lux) end
end)
