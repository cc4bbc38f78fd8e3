/// Walks through a pattern's bytes.
struct PatternScanner {
  private let bytes: [UInt8]
  private(set) var position = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  var isAtEnd: Bool { position >= bytes.count }

  mutating func advance() { position += 1 }

  mutating func skipSpaces() { while let byte = peek, byte == 32 || (9...13).contains(byte) { position += 1 } }

  /// Takes `text` if it comes next.
  mutating func take(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard position + count <= bytes.count else { return false }
    for index in 0..<count where bytes[position + index] != text.utf8Start[index] { return false }
    position += count
    return true
  }

  /// Takes a word in any case, if it comes next and ends there.
  mutating func takeWord(_ word: String) -> Bool {
    let letters = Array(word.utf8)
    guard position + letters.count <= bytes.count else { return false }
    for (index, letter) in letters.enumerated() where bytes[position + index] & 0xDF != letter & 0xDF { return false }
    if position + letters.count < bytes.count, bytes[position + letters.count].isWordByte { return false }
    position += letters.count
    return true
  }

  /// Takes bytes as long as they are wanted.
  mutating func take(while isWanted: (UInt8) -> Bool) -> String {
    let start = position
    while let byte = peek, isWanted(byte) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// Takes a text in double quotes; `\"` and `\\` stand for themselves.
  mutating func takeQuoted() throws(PatternProblem) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = peek {
      position += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
      if byte == UInt8(ascii: "\\"), let next = peek, next == UInt8(ascii: "\"") || next == byte {
        text.append(next)
        position += 1
      } else {
        text.append(byte)
      }
    }
    throw .invalid
  }

  /// Takes a regular expression in percent signs.
  mutating func takeRegex() throws(PatternProblem) -> LogRegex {
    position += 1
    let text = take { $0 != UInt8(ascii: "%") }
    guard take("%"), !text.isEmpty else { throw .invalid }
    return try LogRegex(text)
  }
}

extension UInt8 {
  /// A letter, digit or underscore, or part of a letter beyond ASCII.
  var isWordByte: Bool {
    (48...57).contains(self) || (65...90).contains(self) || (97...122).contains(self) || self == 95 || self >= 128
  }
}
