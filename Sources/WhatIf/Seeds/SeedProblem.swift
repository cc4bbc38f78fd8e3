/// Why a file can't be read.
public struct SeedProblem: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }

  init(line: Int, _ text: String) { description = "line \(line): \(text)" }
}
