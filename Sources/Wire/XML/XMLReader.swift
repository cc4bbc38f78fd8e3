/// Walks through an XML text element by element.
///
/// Names are given without their prefix. Document types are refused: no AWS request has one, and entities of one's own are how
/// XML readers are attacked.
struct XMLReader {
  /// An element's start.
  struct Tag {
    /// The name without prefix.
    let name: Range<Int>
    fileprivate let fullName: Range<Int>
    let attributes: [(name: Range<Int>, value: Range<Int>)]
    fileprivate let isEmpty: Bool
  }

  let bytes: [UInt8]
  private var index = 0
  private var open: [Range<Int>] = []
  /// The start tag just read was `<name/>`.
  private var isAtEmptyElement = false

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private static let wrong = CodecFailure.malformed("The XML is not well-formed")

  /// The root element, after declaration and comments.
  mutating func root() throws(CodecFailure) -> Tag {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    while true {
      skipSpace()
      guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "<") else { throw XMLReader.wrong }
      if try skipMarkup() { continue }
      return try startTag()
    }
  }

  /// After the root has ended: nothing but comments and space may follow.
  mutating func end() throws(CodecFailure) {
    while true {
      skipSpace()
      if index == bytes.count { return }
      guard bytes[index] == UInt8(ascii: "<"), try skipMarkup() else { throw XMLReader.wrong }
    }
  }

  /// The next child of the element that is open, skipping text; nothing when it ends, which is then done with.
  mutating func nextChild() throws(CodecFailure) -> Tag? {
    if isAtEmptyElement {
      closeEmpty()
      return nil
    }
    while true {
      while index < bytes.count, bytes[index] != UInt8(ascii: "<") { index += 1 }
      guard index + 1 < bytes.count else { throw XMLReader.wrong }
      if bytes[index + 1] == UInt8(ascii: "/") {
        try endTag()
        return nil
      }
      if try skipMarkup() { continue }
      return try startTag()
    }
  }

  /// The text of the element that is open, to its end; child elements are skipped.
  mutating func text() throws(CodecFailure) -> String {
    if isAtEmptyElement {
      closeEmpty()
      return ""
    }
    var result: [UInt8] = []
    while true {
      let start = index
      while index < bytes.count, bytes[index] != UInt8(ascii: "<") { index += 1 }
      try appendText(start..<index, to: &result)
      guard index + 1 < bytes.count else { throw XMLReader.wrong }
      if bytes[index + 1] == UInt8(ascii: "/") {
        try endTag()
        return String(decoding: result, as: UTF8.self)
      }
      if starts("<![CDATA[") {
        index += 9
        let start = index
        while index < bytes.count, !starts("]]>") { index += 1 }
        guard index < bytes.count else { throw XMLReader.wrong }
        result.append(contentsOf: bytes[start..<index])
        index += 3
        continue
      }
      if try skipMarkup() { continue }
      _ = try startTag()
      try skip()
    }
  }

  /// Skips the rest of the element that is open.
  mutating func skip() throws(CodecFailure) {
    let depth = open.count
    while open.count >= depth {
      if try nextChild() != nil { continue }
    }
  }

  /// An attribute's value.
  func attribute(_ range: Range<Int>) throws(CodecFailure) -> String {
    var result: [UInt8] = []
    try appendText(range, to: &result)
    return String(decoding: result, as: UTF8.self)
  }

  // MARK: Markup

  private mutating func startTag() throws(CodecFailure) -> Tag {
    index += 1
    let fullName = try name()
    var attributes: [(name: Range<Int>, value: Range<Int>)] = []
    while true {
      let before = index
      skipSpace()
      guard index < bytes.count else { throw XMLReader.wrong }
      if bytes[index] == UInt8(ascii: ">") || bytes[index] == UInt8(ascii: "/") { break }
      guard index > before, attributes.count < 100 else { throw XMLReader.wrong }
      let attribute = try name()
      skipSpace()
      guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else { throw XMLReader.wrong }
      index += 1
      skipSpace()
      guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") else {
        throw XMLReader.wrong
      }
      let quote = bytes[index]
      index += 1
      let start = index
      while index < bytes.count, bytes[index] != quote, bytes[index] != UInt8(ascii: "<") { index += 1 }
      guard index < bytes.count, bytes[index] == quote else { throw XMLReader.wrong }
      attributes.append((attribute, start..<index))
      index += 1
    }
    let isEmpty = bytes[index] == UInt8(ascii: "/")
    if isEmpty {
      index += 1
      guard index < bytes.count, bytes[index] == UInt8(ascii: ">") else { throw XMLReader.wrong }
    }
    index += 1
    guard open.count < CodecFailure.depthLimit else { throw .tooDeep }
    open.append(fullName)
    isAtEmptyElement = isEmpty
    return Tag(name: local(fullName), fullName: fullName, attributes: attributes, isEmpty: isEmpty)
  }

  private mutating func closeEmpty() {
    isAtEmptyElement = false
    open.removeLast()
  }

  private mutating func endTag() throws(CodecFailure) {
    index += 2
    let name = try name()
    skipSpace()
    guard let last = open.popLast(), bytes[last] == bytes[name], index < bytes.count, bytes[index] == UInt8(ascii: ">")
    else { throw XMLReader.wrong }
    index += 1
  }

  private mutating func name() throws(CodecFailure) -> Range<Int> {
    let start = index
    while index < bytes.count {
      let byte = bytes[index]
      if byte <= 0x20 || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "=") { break }
      if byte == UInt8(ascii: "<") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "&") { throw XMLReader.wrong }
      index += 1
    }
    guard index > start else { throw XMLReader.wrong }
    return start..<index
  }

  private func local(_ name: Range<Int>) -> Range<Int> {
    guard let colon = bytes[name].firstIndex(of: UInt8(ascii: ":")) else { return name }
    return colon + 1..<name.upperBound
  }

  private mutating func skipSpace() {
    while index < bytes.count, bytes[index] == 0x20 || (0x09...0x0D).contains(bytes[index]) { index += 1 }
  }

  private func starts(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard index + count <= bytes.count else { return false }
    for offset in 0..<count where bytes[index + offset] != text.utf8Start[offset] { return false }
    return true
  }

  /// Skips a comment, processing instruction or (between elements) character data.
  private mutating func skipMarkup() throws(CodecFailure) -> Bool {
    let ending: StaticString
    if starts("<?") {
      ending = "?>"
    } else if starts("<!--") {
      ending = "-->"
      index += 4
    } else if starts("<![CDATA[") {
      ending = "]]>"
    } else if starts("<!") {
      throw .malformed("The XML has a document type")
    } else {
      return false
    }
    while index < bytes.count, !starts(ending) { index += 1 }
    guard index < bytes.count else { throw XMLReader.wrong }
    index += ending.utf8CodeUnitCount
    return true
  }

  /// Text with entities replaced and line ends made one (XML 1.0, 2.11).
  private func appendText(_ range: Range<Int>, to result: inout [UInt8]) throws(CodecFailure) {
    guard bytes[range].contains(where: { $0 == UInt8(ascii: "&") || $0 == 0x0D }) else {
      result.append(contentsOf: bytes[range])
      return
    }
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      index += 1
      if byte == 0x0D {
        result.append(0x0A)
        if index < range.upperBound, bytes[index] == 0x0A { index += 1 }
      } else if byte == UInt8(ascii: "&") {
        guard let end = bytes[index..<min(range.upperBound, index + 12)].firstIndex(of: UInt8(ascii: ";")) else {
          throw XMLReader.wrong
        }
        result.append(contentsOf: try entity(String(decoding: bytes[index..<end], as: UTF8.self)))
        index = end + 1
      } else {
        result.append(byte)
      }
    }
  }

  private func entity(_ name: String) throws(CodecFailure) -> [UInt8] {
    switch name {
    case "amp": return [UInt8(ascii: "&")]
    case "lt": return [UInt8(ascii: "<")]
    case "gt": return [UInt8(ascii: ">")]
    case "quot": return [UInt8(ascii: "\"")]
    case "apos": return [UInt8(ascii: "'")]
    default:
      let value =
        if name.hasPrefix("#x") || name.hasPrefix("#X") { UInt32(name.dropFirst(2), radix: 16) } else {
          name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
        }
      guard let value, value != 0, let scalar = Unicode.Scalar(value), let utf8 = UTF8.encode(scalar) else {
        throw XMLReader.wrong
      }
      return Array(utf8)
    }
  }
}
