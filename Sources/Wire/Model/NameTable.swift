/// Finds a member by the bytes of its name without making a string.
struct NameTable: Sendable {
  private let bytes: [UInt8]
  private let starts: [Int]
  private let positions: [Int]
  /// Open addressing over the entries; -1 is free.
  private let slots: [Int]

  /// - Parameters:
  ///   - names: all names of each member; the first member to have a name keeps it.
  ///   - positions: the members' positions.
  init(_ names: [[String]], _ positions: [Int]) {
    var bytes: [UInt8] = []
    var starts = [0]
    var owners: [Int] = []
    for (all, position) in zip(names, positions) {
      for name in all {
        bytes.append(contentsOf: name.utf8)
        starts.append(bytes.count)
        owners.append(position)
      }
    }
    var size = 4
    while size < owners.count * 2 { size *= 2 }
    var slots = [Int](repeating: -1, count: size)
    for index in owners.indices {
      var slot = NameTable.hash(bytes[starts[index]..<starts[index + 1]]) & (size - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = index
    }
    self.bytes = bytes
    self.starts = starts
    self.positions = owners
    self.slots = slots
  }

  /// The position of the member with this name.
  func position<Bytes: RandomAccessCollection<UInt8>>(of name: Bytes) -> Int? {
    if positions.isEmpty { return nil }
    var slot = NameTable.hash(name) & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = slots[slot]
      let start = starts[index]
      let end = starts[index + 1]
      if end - start == name.count, name.elementsEqual(bytes[start..<end]) { return positions[index] }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private static func hash<Bytes: Sequence<UInt8>>(_ bytes: Bytes) -> Int {
    var hash: UInt32 = 2_166_136_261
    for byte in bytes { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return Int(hash & 0x7FFF_FFFF)
  }
}
