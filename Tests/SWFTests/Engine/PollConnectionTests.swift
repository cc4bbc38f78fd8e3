import Cloud
import Testing

@testable import SWF

@Suite struct PollConnectionTests {
  @Test(
    "polls end the connections of clients whose languages fork",
    arguments: [
      ("aws-sdk-java/2.20.0 Linux", false), ("aws-sdk-go-v2/1.30", false),
      ("Boto3/1.43.11 md/Botocore#1.43.11 ua/2.1 lang/python#3.11.7", true), ("aws-sdk-ruby3/3.2", true),
      ("aws-cli/2.1", true), ("python-requests/2.32", true), ("curl/8.5.0", false), (nil, false),
    ] as [(String?, Bool)])
  func agents(agent: String?, isClosed: Bool) {
    let request = RequestFacts(
      method: "POST", path: "/", query: "", headers: agent.map { [("User-Agent", $0)] } ?? [], sourceIP: "127.0.0.1",
      isSecure: false)
    #expect(PollConnections.headers(request).map(\.value) == (isClosed ? ["close"] : []))
  }
}
