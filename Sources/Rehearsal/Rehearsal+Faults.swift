internal import Almanac
internal import Catalog
internal import Stills

/// What a rehearsal can do to a camera host.
extension Rehearsal {
    /// Changes the weather from now on.
    func change(clouds: Clouds) {
        sky = Scenery(
            sun: plan.place, clouds: clouds, hasMoon: plan.hasMoon, lamp: plan.lamp, headlights: plan.headlights, seed: plan.seed)
    }

    /// Takes the camera away for a reason, or brings it back.
    func loseCamera(_ reason: String?) { set.fail(reason) }

    /// Why nothing can be written to the disk; nil while it takes everything.
    var fault: Problem? {
        get { diskFault }
        set {
            diskFault = newValue
            parts.studio.refuse(newValue)
            book.refuse(newValue)
        }
    }
}
