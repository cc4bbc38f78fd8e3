import Cloud

/// What becomes of the connection behind a poll.
///
/// A client that forks after a poll, as simpleflow and AWS Flow for Ruby do, shares the connection with its child if it is kept,
/// and the two take each other's answers. So answers of polls end their connection, except for clients whose languages do not
/// fork: there a new connection for each poll would be a third of what a task costs.
enum PollConnections {
  /// How the SDKs of such languages name themselves.
  private static let keepers = [
    "aws-sdk-java", "aws-sdk-kotlin", "aws-sdk-go", "aws-sdk-nodejs", "aws-sdk-js", "aws-sdk-dotnet", "aws-sdk-rust",
    "aws-sdk-cpp", "aws-sdk-swift",
  ]

  static func headers(_ request: RequestFacts) -> [(name: String, value: String)] {
    let agent = request.header("user-agent")?.lowercased() ?? ""
    return keepers.contains { agent.hasPrefix($0) } ? [] : [("Connection", "close")]
  }
}
