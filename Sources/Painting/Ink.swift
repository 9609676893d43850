/// A colour in the components of the picture it is put into.
struct Ink: Equatable {
    let luma: UInt8
    let cb: UInt8
    let cr: UInt8

    init(_ luma: UInt8, _ cb: UInt8 = 128, _ cr: UInt8 = 128) {
        self.luma = luma
        self.cb = cb
        self.cr = cr
    }
}
