import Testing

@testable import Stills

struct FramingTests {
    private func framing(_ width: Int?, _ height: Int?, _ fit: Fit, of frameWidth: Int = 1920, _ frameHeight: Int = 1080) -> Framing {
        Framing(PictureSettings(width: width, height: height, fit: fit), frameWidth: frameWidth, frameHeight: frameHeight)
    }

    private func part(_ framing: Framing) -> [Int] { [framing.left, framing.top, framing.partWidth, framing.partHeight] }
    private func size(_ framing: Framing) -> [Int] { [framing.width, framing.height] }

    @Test(arguments: Fit.allCases) func `without a size it is the whole frame as it is`(fit: Fit) {
        let framing = framing(nil, nil, fit)
        #expect(part(framing) == [0, 0, 1920, 1080])
        #expect(size(framing) == [1920, 1080])
        #expect(framing.scaling == .none)
    }

    @Test(arguments: Fit.allCases) func `a side that nobody named follows the aspect`(fit: Fit) {
        #expect(size(framing(960, nil, fit)) == [960, 540])
        #expect(size(framing(nil, 720, fit)) == [1280, 720])
        #expect(size(framing(101, nil, fit)) == [101, 56])
    }

    @Test func `crop cuts the longer side in the middle and has exactly the size asked for`() {
        let upright = framing(640, 480, .crop)
        #expect(part(upright) == [240, 0, 1440, 1080])
        #expect(size(upright) == [640, 480])
        #expect(upright.scaling == .down)
        let flat = framing(1000, 200, .crop)
        #expect(part(flat) == [0, 348, 1920, 384])
        #expect(size(flat) == [1000, 200])
    }

    @Test func `a crop whose part has the size asked for takes the camera's own pixels`() {
        let framing = framing(1440, 1080, .crop)
        #expect(part(framing) == [240, 0, 1440, 1080])
        #expect(framing.scaling == .none)
    }

    @Test func `fit keeps everything in an even size within the one asked for`() {
        #expect(size(framing(640, 480, .fit)) == [640, 360])
        #expect(size(framing(4608, 2592, .fit)) == [4608, 2592])
        #expect(size(framing(500, 500, .fit)) == [500, 282])
        #expect(size(framing(481, 301, .fit)) == [480, 270])
        #expect(part(framing(500, 500, .fit)) == [0, 0, 1920, 1080])
    }

    @Test func `stretch takes everything to exactly the size asked for`() {
        let framing = framing(500, 501, .stretch)
        #expect(part(framing) == [0, 0, 1920, 1080])
        #expect(size(framing) == [500, 501])
    }

    @Test func `a larger picture is scaled up and says so`() {
        #expect(framing(4608, 2592, .crop).scaling == .up)
        #expect(framing(320, 240, .crop).scaling == .down)
    }

    @Test func `every size there may be is inside the frame and what was asked`() {
        let sides = [16, 17, 101, 320, 481, 1079, 1920, 2592, 4608]
        for fit in Fit.allCases {
            for width in sides {
                for height in sides {
                    for (frameWidth, frameHeight) in [(1920, 1080), (640, 480), (64, 64), (4608, 2592), (1080, 1920)] {
                        let framing = framing(width, height, fit, of: frameWidth, frameHeight)
                        let isInside = framing.left + framing.partWidth <= frameWidth && framing.top + framing.partHeight <= frameHeight
                        #expect(isInside && framing.left.isMultiple(of: 2) && framing.top.isMultiple(of: 2), "\(framing)")
                        #expect(framing.partWidth > 0 && framing.partHeight > 0 && framing.width > 0 && framing.height > 0)
                        if fit == .fit {
                            #expect(framing.width <= width && framing.height <= height, "\(framing) in \(width)x\(height)")
                        } else {
                            #expect(framing.width == width && framing.height == height)
                        }
                    }
                }
            }
        }
    }
}
