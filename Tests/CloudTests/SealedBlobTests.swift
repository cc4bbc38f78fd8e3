import Foundation
import Testing

@testable import Cloud

/// Blobs that are encrypted on their way to the disk.
@Suite struct SealedBlobTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path

  @Test("Any range of a sealed blob reads as it was written", arguments: [0, 1, 16_000, 65_536, 65_537, 200_001])
  func ranges(size: Int) throws {
    let blobs = try Blobs(folder: folder, isForcedToDisk: false, random: RandomSource(seed: 1))
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let account = AccountID.first
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    let writer = blobs.create(for: account, key: try blobs.newKey())
    for start in stride(from: 0, to: size, by: 7_001) {
      try writer.write(Array(bytes[start..<min(size, start + 7_001)]))
    }
    try writer.finish()
    #expect(writer.size == Int64(size))
    let reader = try writer.reader()
    #expect(try reader.read(0, size) == bytes)
    #expect(reader.descriptor == nil)
    for (offset, count) in [(0, 1), (65_535, 2), (65_536, 1), (100_000, 70_000)] where offset + count <= size {
      #expect(try reader.read(Int64(offset), count) == Array(bytes[offset..<offset + count]))
    }
    #expect(throws: (any Error).self) { try reader.read(Int64(size), 1) }
    // Nothing of it is in the clear.
    if size > 100 { #expect(!writer.head.starts(with: bytes.prefix(100))) }
  }

  @Test("A chunk that was changed or moved, or another key, opens nothing")
  func damage() throws {
    let key = try BlobKey([UInt8](repeating: 1, count: 32))
    let sealed = try key.seal([1, 2, 3], number: 0)
    #expect(try key.open(sealed, number: 0) == [1, 2, 3])
    #expect(throws: (any Error).self) { try key.open(sealed, number: 1) }
    #expect(throws: (any Error).self) { try BlobKey([UInt8](repeating: 2, count: 32)).open(sealed, number: 0) }
    var changed = sealed
    changed[0] ^= 1
    #expect(throws: (any Error).self) { try key.open(changed, number: 0) }
    #expect(BlobKey.plainSize(ofStored: 0) == 0)
    #expect(BlobKey.plainSize(ofStored: 65_552 + 17) == 65_537)
  }
}
