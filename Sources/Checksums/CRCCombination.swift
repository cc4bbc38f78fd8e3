/// Joining the checks of two neighbouring pieces without their bytes.
///
/// A check is the remainder of a polynomial over GF(2). Appending n bytes multiplies the first piece's remainder by
/// x^(8n); the bits set before and flipped after cancel out. Words are reflected: the highest bit is x^0.
enum CRCCombination {
  /// The check of a piece with check `first` followed by one of `length` bytes with check `second`. O(log length).
  static func combine<Word: FixedWidthInteger & UnsignedInteger>(
    _ first: Word, _ second: Word, length: UInt64, polynomial: Word
  ) -> Word {
    product(power(bytes: length, polynomial: polynomial), first, polynomial: polynomial) ^ second
  }

  /// x^(8·bytes) modulo the polynomial.
  private static func power<Word: FixedWidthInteger & UnsignedInteger>(bytes: UInt64, polynomial: Word) -> Word {
    let one = Word(1) << (Word.bitWidth - 1)
    var result = one
    var square = one >> 8
    var exponent = bytes
    while exponent > 0 {
      if exponent & 1 == 1 { result = product(square, result, polynomial: polynomial) }
      square = product(square, square, polynomial: polynomial)
      exponent >>= 1
    }
    return result
  }

  /// a·b modulo the polynomial.
  private static func product<Word: FixedWidthInteger & UnsignedInteger>(_ a: Word, _ b: Word, polynomial: Word) -> Word
  {
    var bit = Word(1) << (Word.bitWidth - 1)
    var shifted = b
    var result: Word = 0
    while bit != 0 {
      if a & bit != 0 { result ^= shifted }
      bit >>= 1
      shifted = shifted & 1 == 1 ? shifted >> 1 ^ polynomial : shifted >> 1
    }
    return result
  }
}
