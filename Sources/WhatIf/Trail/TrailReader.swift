/// Reads the records of logs: `{"Records": […]}` as CloudTrail delivers them, arrays of records, or one record a line.
///
/// Only what decisions need is read; what repeats (who called, from where, what) is made once. Not for two threads at
/// once.
struct TrailReader {
  private var identities = Interner<TrailIdentity>()
  private var texts = Interner<String>()
  private var buffer = [UInt8](repeating: 0, count: 1 << 20)
  static let batchSize = 2048

  /// Reads a log, and hands its records over in batches.
  /// - Returns: how many bytes it had, unpacked.
  mutating func read(
    _ log: inout LogBytes, _ body: (inout TrailBatch) throws(TrailProblem) -> Void
  ) throws(TrailProblem) -> Int {
    var batch = TrailBatch()
    var filled = 0
    var start = 0
    var total = 0
    while true {
      let count = try fill(&log, from: filled)
      total += count
      filled += count
      start = try walk(start..<filled, isLast: count == 0, &batch)
      if batch.records.count >= Self.batchSize || count == 0 {
        try body(&batch)
        batch.removeAll()
      }
      if count == 0 { return total }
      // What is left of a record goes to the front.
      if start > 0 {
        let left = filled - start
        buffer.withUnsafeMutableBytes { bytes in
          guard let base = bytes.baseAddress else { return }
          bytes.copyMemory(from: UnsafeRawBufferPointer(start: base + start, count: left))
        }
        filled = left
        start = 0
      }
      if filled == buffer.count { buffer.append(contentsOf: [UInt8](repeating: 0, count: buffer.count)) }
      guard buffer.count <= Self.largestRecord else { throw TrailProblem("A record has more than 64 MiB.") }
    }
  }

  private static let largestRecord = 64 << 20

  private mutating func fill(_ log: inout LogBytes, from filled: Int) throws(TrailProblem) -> Int {
    var problem: TrailProblem?
    let count = buffer.withUnsafeMutableBytes { bytes in
      do throws(TrailProblem) {
        return try log.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[filled...]))
      } catch {
        problem = error
        return 0
      }
    }
    if let problem { throw problem }
    return count
  }

  /// Reads the whole records among some bytes.
  /// - Returns: where the rest begins.
  private mutating func walk(_ range: Range<Int>, isLast: Bool, _ batch: inout TrailBatch) throws(TrailProblem) -> Int {
    // The buffer is lent out for the walk: this is the only one who changes it.
    let bytes = buffer
    buffer = []
    defer { buffer = bytes }
    var done = range.lowerBound
    let stop = bytes.withUnsafeBufferPointer { pointer -> JSONCursor.Stop? in
      let known = UnsafeBufferPointer(rebasing: pointer[..<range.upperBound])
      do throws(JSONCursor.Stop) {
        var cursor = try JSONCursor(known, at: range.lowerBound)
        while true {
          cursor.skipSpace()
          guard cursor.at < cursor.end else {
            done = cursor.at
            return nil
          }
          switch cursor.base[cursor.at] {
          // What stands around records, wherever it does.
          case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","), UInt8(ascii: "}"): cursor.at += 1
          case UInt8(ascii: "{"):
            if try Self.isEnvelope(&cursor) { break }
            try record(&cursor, &batch)
          default: throw JSONCursor.Stop.malformed
          }
          done = cursor.at
        }
      } catch {
        return error
      }
    }
    switch stop {
    case .malformed: throw TrailProblem("The log is not JSON as CloudTrail writes it.")
    case .incomplete where isLast && done < range.upperBound:
      throw TrailProblem("The log ends in the middle of a record.")
    case .incomplete, nil: return done
    }
  }

  /// Passes over `{"Records":`, if that is what comes next.
  private static func isEnvelope(_ cursor: inout JSONCursor) throws(JSONCursor.Stop) -> Bool {
    let start = cursor.at
    cursor.at += 1
    if try cursor.peek() == UInt8(ascii: "\"") {
      let key = try cursor.string().range
      if JSONCursor.is(cursor.slice(key), "Records"), try cursor.take(UInt8(ascii: ":")) { return true }
    }
    cursor.at = start
    return false
  }

  private mutating func record(_ cursor: inout JSONCursor, _ batch: inout TrailBatch) throws(JSONCursor.Stop) {
    var record = TrailRecord()
    var parameters = 0..<0
    try cursor.object { (cursor, key) throws(JSONCursor.Stop) in
      try member(&cursor, key, &record, &parameters)
    }
    guard !record.source.isEmpty, !record.name.isEmpty else {
      batch.strangers += 1
      return
    }
    if !parameters.isEmpty {
      let start = batch.parameters.count
      batch.parameters.append(contentsOf: cursor.slice(parameters))
      record.parameters = start..<batch.parameters.count
    }
    batch.records.append(record)
  }

  private mutating func member(
    _ cursor: inout JSONCursor, _ key: UnsafeBufferPointer<UInt8>, _ record: inout TrailRecord,
    _ parameters: inout Range<Int>
  ) throws(JSONCursor.Stop) {
    // By length first: most names have one of their own.
    switch key.count {
    case 9 where JSONCursor.is(key, "eventTime"):
      if let (bytes, _) = try cursor.bytes() { record.time = Moment.milliseconds(bytes) ?? 0 }
    case 9 where JSONCursor.is(key, "eventName"): record.name = try interned(&cursor) ?? ""
    case 9 where JSONCursor.is(key, "eventType"): record.type = try interned(&cursor) ?? ""
    case 9 where JSONCursor.is(key, "awsRegion"): record.region = try interned(&cursor) ?? ""
    case 9 where JSONCursor.is(key, "userAgent"): record.userAgent = try interned(&cursor) ?? ""
    case 9 where JSONCursor.is(key, "errorCode"): record.errorCode = try interned(&cursor)
    case 9 where JSONCursor.is(key, "requestID"): record.requestID = try cursor.text() ?? ""
    case 9 where JSONCursor.is(key, "resources"): try resources(&cursor, &record)
    case 7 where JSONCursor.is(key, "eventID"): record.eventID = try cursor.text() ?? ""
    case 11 where JSONCursor.is(key, "eventSource"): record.source = try interned(&cursor) ?? ""
    case 15 where JSONCursor.is(key, "sourceIPAddress"): record.sourceIP = try interned(&cursor) ?? ""
    case 12 where JSONCursor.is(key, "errorMessage"): record.errorMessage = try cursor.text()
    case 12 where JSONCursor.is(key, "userIdentity"): try identity(&cursor, &record)
    case 17 where JSONCursor.is(key, "requestParameters"):
      let isObject = try cursor.peek() == UInt8(ascii: "{")
      let range = try cursor.skip()
      if isObject { parameters = range }
    case 18 where JSONCursor.is(key, "recipientAccountId"): record.recipient = try interned(&cursor)
    case 13 where JSONCursor.is(key, "vpcEndpointId"): record.vpcEndpoint = try interned(&cursor)
    case 13 where JSONCursor.is(key, "sharedEventID"): record.isShared = try cursor.bytes() != nil
    case 10 where JSONCursor.is(key, "tlsDetails"):
      record.hasTLS = try cursor.peek() == UInt8(ascii: "{")
      try cursor.skip()
    default: try cursor.skip()
    }
  }

  private mutating func interned(_ cursor: inout JSONCursor) throws(JSONCursor.Stop) -> String? {
    guard let (bytes, hasEscapes) = try cursor.bytes() else { return nil }
    return texts.value(bytes) { bytes in
      hasEscapes ? JSONCursor.unescaped(bytes) : String(decoding: bytes, as: UTF8.self)
    }
  }

  private mutating func identity(_ cursor: inout JSONCursor, _ record: inout TrailRecord) throws(JSONCursor.Stop) {
    guard try cursor.peek() == UInt8(ascii: "{") else {
      try cursor.skip()
      return
    }
    let range = try cursor.skip()
    record.identity = try identities.value(cursor.slice(range)) { (bytes) throws(JSONCursor.Stop) in
      try TrailIdentity(bytes)
    }
  }

  private mutating func resources(_ cursor: inout JSONCursor, _ record: inout TrailRecord) throws(JSONCursor.Stop) {
    guard try cursor.peek() == UInt8(ascii: "[") else {
      try cursor.skip()
      return
    }
    try cursor.array { (cursor) throws(JSONCursor.Stop) in
      guard try cursor.peek() == UInt8(ascii: "{") else {
        try cursor.skip()
        return
      }
      var arn: String?
      var account: String?
      try cursor.object { (cursor, key) throws(JSONCursor.Stop) in
        if JSONCursor.is(key, "ARN") {
          arn = try cursor.text()
        } else if JSONCursor.is(key, "accountId") {
          account = try cursor.text()
        } else {
          try cursor.skip()
        }
      }
      if let arn { record.resources.append(.init(arn: arn, account: account)) }
    }
  }
}
