import java.util.UUID
import kotlin.system.exitProcess
import kotlinx.coroutines.runBlocking
import org.stillpoint.client.apis.EventsApi
import org.stillpoint.client.apis.InvitationsApi
import org.stillpoint.client.apis.MeApi
import org.stillpoint.client.apis.PausesApi
import org.stillpoint.client.apis.RelationshipsApi
import org.stillpoint.client.infrastructure.ApiClient
import org.stillpoint.client.infrastructure.ClientError
import org.stillpoint.client.infrastructure.ClientException
import org.stillpoint.client.models.PauseKind
import org.stillpoint.client.models.Problem
import org.stillpoint.client.models.RaisePauseRequest

/** One person's login, and the parts of the API that it is for. */
private class Login(url: String, token: String) {
  val me = MeApi(url).with(token)
  val relationships = RelationshipsApi(url).with(token)
  val invitations = InvitationsApi(url).with(token)
  val pauses = PausesApi(url).with(token)
  val events = EventsApi(url).with(token)

  private fun <A : ApiClient> A.with(token: String) = apply { accessTokenProvider = { token } }
}

fun main(args: Array<String>) {
  val (sandbox, ana, ben, strange, calls) = args
  runBlocking {
    tap(Login(sandbox, ana), Login(sandbox, ben))
    readStrangeAnswers(strange, calls)
  }
  // OkHttp's threads would wait for more to do.
  exitProcess(0)
}

private suspend fun tap(ana: Login, ben: Login) {
  ana.me.attestAdult()
  ben.me.attestAdult()
  val us = ana.relationships.createRelationship().id
  val key = UUID.randomUUID().toString()
  val invitation = ana.invitations.createInvitation(us, idempotencyKey = key)
  expect(invitation, ana.invitations.createInvitation(us, idempotencyKey = key))
  val preview = ben.invitations.previewInvitationWithHttpInfo(invitation.code, ifNoneMatch = null)
  val seen = preview.headers.getValue("etag").single()
  ben.invitations.acceptInvitation(invitation.code, ifMatch = seen)

  val pause = ana.pauses.raisePause(us, raisePauseRequest = RaisePauseRequest(kind = PauseKind.RED))
  expect("active", pause.state)
  expect(pause, ana.pauses.raisePause(us))
  val raised = ben.events.listEvents().data.single { it.type == "pause.raised" }
  expect(pause.id, raised.resource.id)
  expect("red", ben.pauses.getPause(us, raised.resource.id).kind)
  val problem = refused { ben.pauses.liftPause(us, pause.id) }
  expect("pause-not-yours-to-lift", problem.code)
  expect("lifted", ana.pauses.liftPause(us, pause.id).state)

  ana.pauses.raisePauseWithId(us, UUID.randomUUID())
  val first = ben.pauses.listPauses(us, limit = 1)
  val second = ben.pauses.listPauses(us, limit = 1, cursor = first.nextCursor)
  expect(listOf(true, false), listOf(first.hasMore, second.hasMore))
  expect(pause.id, second.data.single().id)
}

private inline fun refused(call: () -> Unit): Problem {
  try {
    call()
  } catch (refusal: ClientException) {
    return readJson((refusal.response as ClientError<*>).body as String)
  }
  error("It wasn't refused.")
}
