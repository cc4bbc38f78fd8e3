import Testing

@testable import Wire

/// A small random generator with a seed, so that a failure can be had again.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

@Suite struct HardeningTests {
  @Test("mutated requests are read or refused, never worse", arguments: CorpusFiles.names)
  func survivesMutations(_ name: String) throws {
    var random = SplitMix64(state: 20_151_125)
    let codec = Codec(CorpusFiles.wireProtocol(name))
    let interesting: [[UInt8]] =
      ["\"", "\\u", "{", "[", "<", "</", "&", "&#x", ">", "=", ".", "%", "\u{0}", "1e999", "-", "é"].map {
        Array($0.utf8)
      } + [
        [0xFF], [0x5F], [0x7F], [0x9B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0xBB, 0, 0, 0, 0, 0x7F],
        [0xDF], [0xF9],
      ]
    var read = 0
    var refused = 0
    for item in try CorpusFiles.cases("input", name) {
      guard let operation = item.model.operations[item.operation] else { continue }
      let original = CorpusInputTests.request(item.json["serialized"] ?? .null, codec.wireProtocol)
      for _ in 0..<120 {
        var request = original
        for _ in 0...Int.random(in: 0..<4, using: &random) {
          HardeningTests.mutate(&request.body, interesting, &random)
        }
        if Bool.random(using: &random) {
          var query = Array(request.query.utf8)
          HardeningTests.mutate(&query, interesting, &random)
          request.query = String(decoding: query, as: UTF8.self)
        }
        if Bool.random(using: &random) {
          var path = Array(request.path.utf8)
          HardeningTests.mutate(&path, interesting, &random)
          request.path = String(decoding: path, as: UTF8.self)
        }
        for index in request.headers.indices where Int.random(in: 0..<4, using: &random) == 0 {
          var value = Array(request.headers[index].value.utf8)
          HardeningTests.mutate(&value, interesting, &random)
          request.headers[index].value = String(decoding: value, as: UTF8.self)
        }
        _ = try? Router.operation(of: request, in: item.model, by: codec.wireProtocol)
        do throws(AWSError) {
          let input = try codec.decodeInput(request, operation: operation, model: item.model)
          read += 1
          try? Validator.validate(input, operation: operation, model: item.model)
        } catch {
          refused += 1
          let response = codec.encodeError(error, model: item.model, requestID: "r")
          #expect(response.status == 400)
        }
      }
    }
    print("mutations \(name): \(read) read, \(refused) refused")
  }

  private static func mutate(_ bytes: inout [UInt8], _ interesting: [[UInt8]], _ random: inout SplitMix64) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes.insert(contentsOf: interesting.randomElement(using: &random) ?? [], at: place)
    case 1: if place < bytes.count { bytes.remove(at: place) }
    case 2: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &random) }
    case 3: bytes.removeSubrange(place...)
    default:
      let end = min(bytes.count, place + Int.random(in: 0...20, using: &random))
      bytes.insert(contentsOf: bytes[place..<end], at: place)
    }
  }

  private func recursive() throws -> (ServiceModel, OperationModel) {
    let model = try ServiceModel(
      parsing: """
        service id=deep version=1 protocols=json10,query
        o Dive POST / in=Box
        s Box
        m Box Box
        m Boxes BoxList
        m Any Anything
        m Map BoxMap
        l BoxList Box
        k BoxMap Name Box
        t string Name
        t document Anything
        """)
    return (model, try #require(model.operations["Dive"]))
  }

  @Test("input nested a hundred thousand deep is refused by every protocol")
  func refusesDepth() throws {
    let (model, operation) = try recursive()
    let depth = 100_000
    let bodies: [(WireProtocol, [UInt8])] = [
      (.json10, Array(String(repeating: "{\"Box\":", count: depth).utf8)),
      (.json10, Array(("{\"Any\":" + String(repeating: "[", count: depth)).utf8)),
      (.json10, Array(("{\"Unknown\":" + String(repeating: "{\"a\":", count: depth)).utf8)),
      (.restXML, Array(String(repeating: "<Box>", count: depth).utf8)),
      (.query, Array((String(repeating: "Box.", count: depth) + "Any=1").utf8)),
      (.cbor, Array(repeating: Array("\u{0}cBox".utf8), count: depth).flatMap { [0xA1] + $0.dropFirst() }),
      (.cbor, [0xA1, 0x61, 0x7A] + [UInt8](repeating: 0x81, count: depth)),
      (.cbor, [UInt8](repeating: 0xC1, count: depth)),
    ]
    for (wireProtocol, body) in bodies {
      #expect(throws: AWSError.self) {
        try Codec(wireProtocol).decodeInput(
          WireRequest(method: "POST", path: "/", body: body), operation: operation, model: model)
      }
    }
  }

  @Test("many parameters, in the worst order, take no more than their share of time")
  func staysFastOnForms() throws {
    let (model, operation) = try recursive()
    let form = (1...20_000).map { "Boxes.member.\(20_001 - $0).Box.Any=1" }.joined(separator: "&")
    let clock = ContinuousClock()
    let time = clock.measure {
      let request = WireRequest(method: "POST", path: "/", body: Array(form.utf8))
      _ = try? Codec(.query).decodeInput(request, operation: operation, model: model)
    }
    #expect(time < .seconds(20))
  }

  @Test("a header's value can't end the header")
  func keepsHeadersWhole() throws {
    let model = ServiceModels.s3
    let operation = try #require(model.operations["GetObject"])
    let shape = try #require(operation.output)
    var output = StructureValue(count: shape.members.count)
    output[try #require(shape.member("ContentType")).position] = .string("text/plain\r\nX-Evil: 1")
    let response = Codec(.restXML).encodeOutput(output, operation: operation, model: model, requestID: "r")
    #expect(response.header("content-type") == "text/plain  X-Evil: 1")
  }
}
