extension PolicyDocument {
  /// Where the simulation APIs say that a statement stands, counted from 1.
  ///
  /// AWS captures: the end is behind the closing brace; the start is behind whatever token comes before: the bracket or the
  /// statement before it, and for a single statement without array its own brace.
  public func simulatedPosition(ofStatement index: Int) -> (start: TextPosition, end: TextPosition) {
    let bytes = Array(text.utf8)
    let range = statements[index].range
    let end = TextPosition.of(range.upperBound, in: bytes)
    if index > 0 { return (.of(statements[index - 1].range.upperBound, in: bytes), end) }
    var before = range.lowerBound
    while before > 0, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[before - 1]) { before -= 1 }
    let isInArray = before > 0 && bytes[before - 1] == UInt8(ascii: "[")
    return (.of(isInArray ? before : range.lowerBound + 1, in: bytes), end)
  }
}
