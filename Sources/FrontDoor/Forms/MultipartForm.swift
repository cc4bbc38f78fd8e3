import Cloud
import Foundation
import Wire

/// Reads an HTML form with a file (`multipart/form-data`, RFC 7578) as it arrives: the fields before the file are kept, the file's
/// bytes are passed on, and what comes behind it is ignored, as S3 does.
struct MultipartForm {
  private enum State {
    /// Before the first delimiter, or behind the last one.
    case preamble, afterDelimiter, headers, end
    case field(String)
    case file
  }

  /// AWS: S3 API reference, "Error responses", MaxPostPreDataLengthExceededError: 20 KB of fields.
  private static let largestFields = 20 << 10
  private static let headerEnd = Array("\r\n\r\n".utf8)

  /// The fields before the file, in order.
  private(set) var fields: [(name: String, value: String)] = []
  /// The name that the file had on its sender's machine.
  private(set) var fileName: String?
  /// Whether there is a file.
  private(set) var hasFile = false
  /// Whether the file is whole.
  private(set) var isComplete = false

  private let delimiter: [UInt8]
  private var state = State.preamble
  private var fieldBytes = 0
  /// What hasn't been understood yet. The form begins as if a line had ended before it.
  private var pending: [UInt8] = Array("\r\n".utf8)

  init(boundary: String) { delimiter = Array("\r\n--\(boundary)".utf8) }

  /// The boundary of a form with files; nothing if the request is none.
  static func boundary(of request: HTTPRequest) -> String? {
    guard let type = request.first("content-type"), type.lowercased().hasPrefix("multipart/form-data") else {
      return nil
    }
    return parameter("boundary", of: type) ?? ""
  }

  /// A parameter behind a header's value, without quotation marks.
  private static func parameter(_ name: String, of header: String) -> String? {
    for part in header.split(separator: ";").dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2, pair[0].trimmingSpaces.lowercased() == name else { continue }
      let value = pair[1].trimmingSpaces
      return value.count >= 2 && value.hasPrefix("\"") && value.hasSuffix("\"")
        ? String(value.dropFirst().dropLast()) : value
    }
    return nil
  }

  static func malformed() -> AWSError {
    AWSError(
      "MalformedPOSTRequest", "The body of your POST request is not well-formed multipart/form-data.", status: 400)
  }

  /// Takes bytes in.
  /// - Parameters:
  ///   - begin: called once, when the fields are known and the file begins.
  ///   - file: gets the file's bytes.
  mutating func feed(
    _ bytes: UnsafeRawBufferPointer, begin: (borrowing MultipartForm) throws(AWSError) -> Void,
    file: (ArraySlice<UInt8>) throws(AWSError) -> Void
  ) throws(AWSError) {
    if case .end = state { return }
    pending.append(contentsOf: bytes)
    var index = 0
    while try step(&index, begin, file) {}
    pending.removeFirst(index)
  }

  /// Understands the next thing, if it has come whole.
  private mutating func step(
    _ index: inout Int, _ begin: (borrowing MultipartForm) throws(AWSError) -> Void,
    _ file: (ArraySlice<UInt8>) throws(AWSError) -> Void
  ) throws(AWSError) -> Bool {
    switch state {
    case .end:
      index = pending.count
      return false
    case .preamble:
      guard let start = find(delimiter, from: index) else {
        index = max(index, pending.count - delimiter.count)
        return false
      }
      index = start + delimiter.count
      state = .afterDelimiter
      return true
    case .afterDelimiter:
      guard pending.count - index >= 2 else { return false }
      if pending[index] == UInt8(ascii: "-"), pending[index + 1] == UInt8(ascii: "-") {
        state = .end
        return true
      }
      guard pending[index] == 13, pending[index + 1] == 10 else { throw MultipartForm.malformed() }
      state = .headers
      return true
    case .headers:
      // The line's end behind the delimiter is still there, so that a part without headers is found, too.
      guard let end = find(MultipartForm.headerEnd, from: index) else {
        try count(pending.count - index, isFinal: false)
        return false
      }
      let text = String(decoding: pending[index..<end], as: UTF8.self)
      try count(end - index)
      index = end + MultipartForm.headerEnd.count
      try enter(text)
      if hasFile { try begin(self) }
      return true
    case .field(let name):
      guard let end = find(delimiter, from: index) else {
        try count(pending.count - index, isFinal: false)
        return false
      }
      try count(end - index)
      fields.append((name, String(decoding: pending[index..<end], as: UTF8.self)))
      index = end + delimiter.count
      state = .afterDelimiter
      return true
    case .file:
      if let end = find(delimiter, from: index) {
        if end > index { try file(pending[index..<end]) }
        index = end
        isComplete = true
        state = .end
        return true
      }
      // The end of what is here may be a delimiter's beginning.
      let safe = pending.count - delimiter.count
      if safe > index {
        try file(pending[index..<safe])
        index = safe
      }
      return false
    }
  }

  private mutating func count(_ bytes: Int, isFinal: Bool = true) throws(AWSError) {
    if fieldBytes + bytes > MultipartForm.largestFields {
      throw AWSError(
        "MaxPostPreDataLengthExceeded",
        "Your POST request fields preceding the upload file were too large.", status: 400,
        fields: [("MaxPostPreDataLengthBytes", .string("\(MultipartForm.largestFields)"))])
    }
    if isFinal { fieldBytes += bytes }
  }

  /// Begins a part.
  private mutating func enter(_ headers: String) throws(AWSError) {
    for line in headers.split(whereSeparator: \.isNewline) {
      guard let colon = line.firstIndex(of: ":"),
        line[..<colon].trimmingSpaces.lowercased() == "content-disposition"
      else { continue }
      let value = String(line[line.index(after: colon)...])
      guard let name = MultipartForm.parameter("name", of: value) else { break }
      guard name.lowercased() == "file" else {
        state = .field(name)
        return
      }
      // Old browsers send the whole path; only its last part counts.
      let path = MultipartForm.parameter("filename", of: value) ?? ""
      fileName = path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? path
      hasFile = true
      state = .file
      return
    }
    throw MultipartForm.malformed()
  }

  private func find(_ pattern: [UInt8], from start: Int) -> Int? {
    guard start < pending.count else { return nil }
    return pending.withUnsafeBytes { buffer -> Int? in
      pattern.withUnsafeBytes { wanted -> Int? in
        guard let base = buffer.baseAddress, let needle = wanted.baseAddress else { return nil }
        var position = start
        while position + wanted.count <= buffer.count {
          guard let found = memchr(base + position, Int32(wanted[0]), buffer.count - wanted.count + 1 - position) else {
            return nil
          }
          position = UnsafeRawPointer(found) - base
          if memcmp(base + position, needle, wanted.count) == 0 { return position }
          position += 1
        }
        return nil
      }
    }
  }
}
