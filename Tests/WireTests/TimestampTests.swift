import Testing

@testable import Wire

@Suite struct TimestampTests {
  @Test(
    "timestamps are written in all formats and read back",
    arguments: [
      Int64(0), 1_422_172_800_000, 1_576_540_098_123, -1, -62_135_596_800_000, 253_402_300_799_999, 951_782_400_000,
    ])
  func readsBack(_ milliseconds: Int64) {
    let time = Timestamp(milliseconds: milliseconds)
    #expect(Timestamp(iso8601: time.iso8601) == time)
    #expect(Timestamp(iso8601: time.iso8601WithMilliseconds) == time)
    #expect(Timestamp(httpDate: time.httpDate)?.milliseconds == time.wholeSeconds.milliseconds)
    #expect(Timestamp(iso8601: time.basicISO8601) == time.wholeSeconds)
    #expect(Timestamp(epochText: time.epochText) == time)
  }

  @Test("known moments have their known texts")
  func knowsMoments() {
    let time = Timestamp(seconds: 1_422_172_800)
    #expect(time.iso8601 == "2015-01-25T08:00:00Z")
    #expect(time.httpDate == "Sun, 25 Jan 2015 08:00:00 GMT")
    #expect(time.basicISO8601 == "20150125T080000Z")
    #expect(Timestamp(iso8601: "2019-12-16T22:48:18-01:00")?.seconds == 1_576_540_098)
    #expect(Timestamp(iso8601: "2000-02-29")?.seconds == 951_782_400)
  }

  @Test(
    "what isn't a time isn't read",
    arguments: ["", "x", "2015-13-01", "2015-02-29", "2015-01-01T25:00:00Z", "2015-01-01T00:00:00Zx"])
  func refuses(_ text: String) {
    #expect(Timestamp(iso8601: text) == nil)
    #expect(Timestamp(httpDate: text) == nil)
  }
}
