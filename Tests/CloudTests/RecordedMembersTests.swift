import Foundation
import Testing
import Wire

@testable import Cloud

@Suite struct RecordedMembersTests {
  @Test(
    "names begin in lower case, and only their first letter changes",
    arguments: [
      ("QueueUrl", "queueUrl"), ("SAMLMetadataDocument", "sAMLMetadataDocument"), ("keyId", "keyId"),
      ("AWSServiceName", "aWSServiceName"), ("", ""),
    ])
  func names(_ name: String, _ shown: String) { #expect(RecordedMembers.lowered(name) == shown) }

  @Test(
    "dates are shown as AWS shows them",
    arguments: [
      (1_689_802_374, "Jul 19, 2023, 9:32:54 PM"), (0, "Jan 1, 1970, 12:00:00 AM"),
      (43_200, "Jan 1, 1970, 12:00:00 PM"),
    ])
  func dates(_ seconds: Int64, _ text: String) {
    #expect(RecordedMembers.date(Timestamp(seconds: seconds)) == text)
  }

  @Test("parameters and answers come back from the journal as they were")
  func journal() throws {
    let tree = JSONValue.object([
      .init("name", .string("x")), .init("long", .string(String(repeating: "y", count: 5000))),
      .init("numbers", .array([.integer(0), .integer(-1), .integer(.max), .integer(.min), .double(1.5)])),
      .init("flags", .array([.bool(true), .bool(false), .null])), .init("tags", .object([.init("a", .string("x"))])),
    ])
    let folder = NSTemporaryDirectory() + "/recorded-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let journal = try Journal(folder: folder)
    var entries: [JournalEntry] = []
    for number in 0..<20 {
      var entry = Sample.entry(number, at: Timestamp(seconds: Int64(1_800_000_000 + number)))
      if number % 2 == 0 { entry.parameters = tree }
      if number % 3 == 0 { entry.response = .object([.init("name", .string("x\(number)"))]) }
      if number % 4 == 0 { entry.host = "localhost:4566" }
      entry.isSecure = number % 8 == 0
      entries.append(entry)
      journal.append(entry)
    }
    try journal.flush()
    journal.publish()
    func check(_ read: JournalEntry, _ entry: JournalEntry) {
      #expect(read.parameters == entry.parameters)
      #expect(read.response == entry.response)
      #expect(read.host == entry.host)
      #expect(read.eventID == entry.eventID)
      #expect(read.checks.count == entry.checks.count)
      #expect(read.checks.first?.resource == entry.checks.first?.resource)
    }
    let read = Array(journal.reader())
    #expect(read.count == entries.count)
    for (read, entry) in zip(read, entries) { check(read, entry) }
    // The same, one by one and again, from the last to the first.
    let extent = try #require(journal.extents.first)
    var follower = extent.follower
    var places: [Int] = []
    follower.read(to: extent.length) { _, place in
      places.append(place)
      return true
    }
    for (place, entry) in zip(places, entries).reversed() {
      let again = follower.entry(at: place)
      check(try #require(again), entry)
    }
  }

  @Test("what somebody still needs is not dropped")
  func needed() throws {
    let folder = NSTemporaryDirectory() + "/needed-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var limits = Journal.Limits()
    limits.segmentBytes = 2000
    limits.totalBytes = 8000
    limits.patience = 10
    let journal = try Journal(folder: folder, limits: limits)
    func write(_ count: Int) throws {
      for number in 0..<count {
        journal.append(Sample.entry(number, at: Timestamp(seconds: 1_800_000_000)))
        try journal.flush()
        journal.publish()
      }
    }
    try write(1)
    let first = try #require(journal.extents.first).number
    journal.keep(from: JournalPlace(segment: first, offset: 0))
    try write(150)
    #expect(journal.extents.first?.number == first)
    #expect(journal.lostSegments == 0)
    journal.keep(from: nil)
    try write(40)
    #expect(journal.extents.first?.number != first)
  }
}
