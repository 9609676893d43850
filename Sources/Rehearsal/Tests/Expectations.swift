/// `expect`, in the language its users know; every failure is raised at the line that expected.
enum Expectations {
    static let source = #"""
        local function show(value)
          if type(value) == "string" then return string.format("%q", value) end
          if type(value) ~= "table" then return tostring(value) end
          local parts = {}
          for key, member in pairs(value) do
            local name = type(key) == "number" and "" or tostring(key) .. " = "
            parts[#parts + 1] = #parts < 12 and name .. show(member) or nil
          end
          return "{ " .. table.concat(parts, ", ") .. " }"
        end

        local function equal(a, b)
          if type(a) ~= "table" or type(b) ~= "table" then return a == b end
          for key, value in pairs(a) do if not equal(value, b[key]) then return false end end
          for key in pairs(b) do if a[key] == nil then return false end end
          return true
        end

        local function contains(value, wanted)
          if type(value) == "string" then return value:find(tostring(wanted), 1, true) ~= nil end
          if type(value) ~= "table" then return false end
          for _, member in pairs(value) do if equal(member, wanted) then return true end end
          return false
        end

        local function number(value) return type(value) == "number" end

        local checks = {
          is = { "to be", function(a, b) return equal(a, b) end },
          isnt = { "not to be", function(a, b) return not equal(a, b) end },
          below = { "to be below", function(a, b) return number(a) and a < b end },
          above = { "to be above", function(a, b) return number(a) and a > b end },
          contains = { "to contain", contains },
          matches = { "to match", function(a, b) return type(a) == "string" and a:find(b) ~= nil end },
          near = { "to be near", function(a, b, tolerance) return number(a) and math.abs(a - b) <= (tolerance or 1e-6) end },
          between = { "to be between", function(a, low, high) return number(a) and a >= low and a <= high end },
          exists = { "to be there", function(a) return a ~= nil end },
        }

        local register = test

        function test(name, body)
          if type(body) ~= "function" then error("test takes a sentence and a function", 2) end
          register(name, function() body(sim) end)
        end

        function expect(value)
          local expectation = {}
          for name, check in pairs(checks) do
            expectation[name] = function(...)
              if check[2](value, ...) then return end
              local wanted = {}
              for index = 1, select("#", ...) do wanted[index] = show((select(index, ...))) end
              error("expected " .. show(value) .. " " .. check[1] .. (#wanted > 0 and " " .. table.concat(wanted, ", ") or ""), 2)
            end
          end
          return expectation
        end
        """#
}
