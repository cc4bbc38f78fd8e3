import Checksums
import Foundation
import Testing
import Wire

@testable import Logs

struct SubscriptionTests {
  /// AWS: user guide, "Log group-level subscription filters", what a function gets.
  @Test("what a function is given")
  func payload() throws {
    let payload = SubscriptionPayload(
      kind: .data, owner: "111111111111", group: "g", stream: "s", filters: ["f"],
      events: [("1", 5, "a \"line\""), ("2", 6, String(repeating: "x", count: 100_000))])
    let text = try #require(try payload.lambdaEvent["awslogs"]?["data"]?.string)
    let packed = try #require(Base64.decode(text))
    #expect(Array(packed.prefix(2)) == [0x1F, 0x8B] && packed.count < 2000)
    let message = try #require(JSONValue(parsing: payload.json.text))
    #expect(message["messageType"]?.string == "DATA_MESSAGE" && message["logGroup"]?.string == "g")
    #expect(message["logEvents"]?.array?.first?["message"]?.string == "a \"line\"")
    #expect(message["subscriptionFilters"]?.array == [.string("f")])
    let size = packed.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(size == payload.json.text.utf8.count)
    #expect(SubscriptionPayload.Kind.control.rawValue == "CONTROL_MESSAGE")
  }
}
