import Testing

@testable import Logs

struct EventTests {
  @Test("chunks give back what was put in, and fall into levels by their span")
  func chunks() throws {
    var chunk = LogChunk(group: 1, stream: 2, first: 10, time: 1000)
    let events: [(Int64, Int64, String)] = [
      (1000, 5000, "a"), (1000, 5000, ""), (1500, 4000, "ü"), (62_000, 9000, "d"),
    ]
    #expect(chunk.level == 0)
    for (time, ingested, message) in events { chunk.append(message, time: time, ingestedAt: ingested) }
    #expect(chunk.level == 2 && chunk.bytes == 4 * 26 + 4)
    #expect(!chunk.takes(61_999) && chunk.takes(62_000) && !chunk.takes(3_700_000))
    let stored = try LogChunk(encoded: chunk.encoded())
    var reader = ChunkReader(stored)
    var found: [LogEvent] = []
    while let event = reader.next(where: { _ in true }) { found.append(event) }
    #expect(found.map(\.time) == events.map(\.0) && found.map(\.ingestedAt) == events.map(\.1))
    #expect(found.map(\.message) == events.map(\.2) && found.map(\.number) == [10, 11, 12, 13])
    #expect(stored.key == chunk.key)
  }

  @Test("places survive as digits and sort as they do")
  func positions() throws {
    let places = [
      EventPosition(time: 1, stream: 5, number: 0), EventPosition(time: 1_795_913_772_431, stream: 3, number: 9),
      EventPosition(time: 1_795_913_772_431, stream: .max, number: 2),
    ]
    #expect(places.map { EventPosition(digits: $0.digits) } == places)
    #expect(places.map(\.digits).sorted() == places.map(\.digits) && places[0].digits.count == 56)
    let token = StreamToken(.backward, places[1])
    #expect(StreamToken(token.text) == token)
    #expect(StreamToken("x/1/s") == nil && EventPosition(digits: "12") == nil)
  }

  @Test("of a batch only the events in time are taken")
  func batches() throws {
    let day: Int64 = 86_400_000
    let now = 100 * day
    let batch = try LogBatch(
      times: [now - 15 * day, now - 5 * day, now - 1000, now, now + 3 * 3_600_000], size: 200, now: now,
      cutoff: now - 3 * day)
    #expect(batch.accepted == 2..<4)
    #expect(batch.tooOldEnd == 1 && batch.expiredEnd == 2 && batch.tooNewStart == 4)
    #expect(throws: (any Error).self) { try LogBatch(times: [2, 1], size: 1, now: now, cutoff: nil) }
    #expect(throws: (any Error).self) { try LogBatch(times: [now - day - 1, now], size: 1, now: now, cutoff: nil) }
    #expect(throws: (any Error).self) { try LogBatch(times: [now], size: 1_048_577, now: now, cutoff: nil) }
  }
}
