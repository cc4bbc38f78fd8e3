/// `wildcard`: text in which `*` stands for any characters, `\*` for an asterisk and `\\` for a backslash.
struct Wildcard: Sendable, Equatable {
  /// The literal pieces between the asterisks; one piece means that there is none.
  let pieces: [[UInt8]]

  /// - Throws: AWS's words, with positions counted from the quote before the text.
  init(_ text: String) throws(PatternProblem) {
    let bytes = Array(text.utf8)
    var pieces: [[UInt8]] = [[]]
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let following = index + 1 < bytes.count ? bytes[index + 1] : 0
      if byte == Wildcard.asterisk {
        if following == Wildcard.asterisk {
          throw PatternProblem("Consecutive wildcard characters at pos \(index + 1)")
        }
        pieces.append([])
      } else if byte == Wildcard.backslash {
        guard following == Wildcard.asterisk || following == Wildcard.backslash else {
          throw PatternProblem("Invalid escape character at pos \(index + 1)")
        }
        pieces[pieces.count - 1].append(following)
        index += 1
      } else {
        pieces[pieces.count - 1].append(byte)
      }
      index += 1
    }
    self.pieces = pieces
  }

  private static let asterisk = UInt8(ascii: "*")
  private static let backslash = UInt8(ascii: "\\")

  /// Complexity: O(text × pieces).
  func matches(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = pieces.first, let last = pieces.last, pieces.count > 1 else { return bytes == pieces[0] }
    guard bytes.count >= first.count + last.count, bytes.starts(with: first),
      bytes.suffix(last.count).elementsEqual(last)
    else { return false }
    var rest = bytes[first.count..<(bytes.count - last.count)]
    for piece in pieces[1..<(pieces.count - 1)] {
      guard let end = Wildcard.find(piece, in: rest) else { return false }
      rest = rest[end...]
    }
    return true
  }

  /// The index behind the first occurrence.
  private static func find(_ piece: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.count >= piece.count else { return nil }
    for start in bytes.startIndex...(bytes.endIndex - piece.count)
    where bytes[start..<(start + piece.count)].elementsEqual(piece) {
      return start + piece.count
    }
    return nil
  }

  /// How many ways of reading it can be open at once: one for each asterisk, and one for each time that what follows an
  /// asterisk begins anew within itself (`*aaaa`).
  var complexity: Int {
    var total = pieces.count - 1
    for piece in pieces.dropFirst() where piece.count > 1 {
      var length = 0
      var longest = 0
      // The longest border of each prefix, as in Knuth, Morris and Pratt.
      var borders = [0]
      for index in 1..<piece.count {
        while length > 0, piece[index] != piece[length] { length = borders[length - 1] }
        if piece[index] == piece[length] { length += 1 }
        borders.append(length)
        longest = max(longest, length)
      }
      total += longest
    }
    return total
  }
}
