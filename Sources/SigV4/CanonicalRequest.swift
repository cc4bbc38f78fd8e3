/// How a path becomes canonical.
public enum CanonicalStyle: Hashable, Sendable {
  /// All services but S3: dot segments and doubled slashes are removed, and the path, encoded once, is encoded again.
  case standard
  /// S3 and its kin: the path names an object and stays as it is, encoded once.
  case s3
}

/// The canonical form of a request, byte for byte as AWS makes it.
///
/// AWS: IAM user guide, "Create a signed AWS API request", step 1.
enum CanonicalRequest {
  /// The canonical request. `signedHeaders` are names in lower case separated by semicolons; `payloadHash` is the last
  /// line. A query parameter `X-Amz-Signature` is left out, for it can't sign itself.
  static func bytes(
    of request: SignedRequest, signedHeaders: String, style: CanonicalStyle, payloadHash: [UInt8]
  ) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(512 + request.path.utf8.count + 2 * request.query.utf8.count)
    out.append(contentsOf: request.method.utf8)
    out.append(0x0A)
    ByteText.with(request.path) { path in
      switch style {
      case .standard: appendNormalized(path, to: &out)
      case .s3:
        if path.isEmpty { out.append(0x2F) }
        PercentCoding.recode(path[...], plusIsSpace: false, keepingSlash: true, to: &out)
      }
    }
    out.append(0x0A)
    if !request.query.isEmpty { ByteText.with(request.query) { appendSorted($0, to: &out) } }
    out.append(0x0A)
    ByteText.with(signedHeaders) { names in
      var start = 0
      while start < names.count {
        let end = ByteText.end(of: names, from: start, before: 0x3B)
        if end > start {
          append(header: UnsafeBufferPointer(rebasing: names[start..<end]), of: request.headers, to: &out)
        }
        start = end + 1
      }
      out.append(0x0A)
      out.append(contentsOf: names)
    }
    out.append(0x0A)
    out.append(contentsOf: payloadHash)
    return out
  }

  /// The string to sign of a canonical request.
  static func stringToSign(canonical: [UInt8], time: String, scope: CredentialScope) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(192)
    out.append(contentsOf: "AWS4-HMAC-SHA256\n".utf8)
    out.append(contentsOf: time.utf8)
    out.append(0x0A)
    for element in [scope.date, scope.region, scope.service] {
      out.append(contentsOf: element.utf8)
      out.append(0x2F)
    }
    out.append(contentsOf: scope.terminator.utf8)
    out.append(0x0A)
    Digests.sha256(canonical).withUnsafeBytes { ByteText.appendHex($0, to: &out) }
    return out
  }

  private static func appendNormalized(_ path: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
    var isNormal = path.first == 0x2F
    var previous: UInt8 = 0
    for byte in path {
      // Only "//" and "/." can begin something to remove.
      if previous == 0x2F, byte == 0x2F || byte == 0x2E { isNormal = false }
      previous = byte
    }
    if isNormal {
      for byte in path { PercentCoding.append(byte, keepingSlash: true, to: &out) }
      return
    }
    var segments: [UnsafeBufferPointer<UInt8>.SubSequence] = []
    for segment in path.split(separator: 0x2F) {
      if segment.elementsEqual(CollectionOfOne(0x2E)) { continue }
      if segment.elementsEqual("..".utf8) {
        _ = segments.popLast()
      } else {
        segments.append(segment)
      }
    }
    for segment in segments {
      out.append(0x2F)
      for byte in segment { PercentCoding.append(byte, keepingSlash: false, to: &out) }
    }
    if segments.isEmpty || previous == 0x2F { out.append(0x2F) }
  }

  private static func appendSorted(_ query: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
    var encoded: [UInt8] = []
    encoded.reserveCapacity(query.count * 2)
    var parameters: [(name: Range<Int>, value: Range<Int>)] = []
    for parameter in query.split(separator: 0x26) {
      let equals = parameter.firstIndex(of: 0x3D) ?? parameter.endIndex
      let start = encoded.count
      // unverified: a plus sign is taken for a space, as in forms; SDKs write %20 and %2B and don't depend on it.
      PercentCoding.recode(parameter[..<equals], plusIsSpace: true, keepingSlash: false, to: &encoded)
      let middle = encoded.count
      if equals < parameter.endIndex {
        PercentCoding.recode(parameter[(equals + 1)...], plusIsSpace: true, keepingSlash: false, to: &encoded)
      }
      if encoded[start..<middle].elementsEqual("X-Amz-Signature".utf8) { continue }
      parameters.append((start..<middle, middle..<encoded.count))
    }
    if parameters.count > 1 {
      parameters.sort { first, second in
        let names = compare(encoded[first.name], encoded[second.name])
        return names == 0 ? compare(encoded[first.value], encoded[second.value]) < 0 : names < 0
      }
    }
    var isFirst = true
    for parameter in parameters {
      if !isFirst { out.append(0x26) }
      isFirst = false
      out.append(contentsOf: encoded[parameter.name])
      out.append(0x3D)
      out.append(contentsOf: encoded[parameter.value])
    }
  }

  private static func compare(_ first: ArraySlice<UInt8>, _ second: ArraySlice<UInt8>) -> Int {
    for (left, right) in zip(first, second) where left != right { return left < right ? -1 : 1 }
    return first.count - second.count
  }

  /// Writes one header's line: all its values in order, trimmed, inner white space made single spaces.
  private static func append(
    header name: UnsafeBufferPointer<UInt8>, of headers: [SignedRequest.Header], to out: inout [UInt8]
  ) {
    out.append(contentsOf: name)
    out.append(0x3A)
    var isFirst = true
    for header in headers where ByteText.equals(header.name, lowered: name) {
      if !isFirst { out.append(0x2C) }
      isFirst = false
      ByteText.with(header.value) { appendFolded($0, to: &out) }
    }
    out.append(0x0A)
  }

  private static func appendFolded(_ value: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
    var pendingSpace = false
    var isStart = true
    for byte in value {
      if ByteText.isSpace(byte) {
        pendingSpace = true
        continue
      }
      if pendingSpace, !isStart { out.append(0x20) }
      pendingSpace = false
      isStart = false
      out.append(byte)
    }
  }
}
